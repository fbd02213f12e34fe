"""kehoach: Vietnamese administrative plans to structured data."""
