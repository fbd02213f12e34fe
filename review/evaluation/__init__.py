"""How good an extraction is: measures against annotated documents, and what one version finds that another does not."""
