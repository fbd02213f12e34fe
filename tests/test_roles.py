"""Roles: who leads, who helps, who has no part in it, and where the action begins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.extract.matching import fold
from kehoach.extract.roles import read_roles
from kehoach.rules.agencies import load_agency_rules
from kehoach.rules.roles import load_role_rules
from kehoach.schemas.spans import Span

AGENCIES = load_agency_rules()
ROLES = load_role_rules()


def read(text):
    view = fold(text)
    return read_roles(view, Span(0, len(view)), ROLES, AGENCIES)


def names(mentions):
    return [mention.name for mention in mentions]


@pytest.mark.parametrize(
    ("text", "lead", "coordinating"),
    [
        # the standing formula
        (
            "Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các đơn vị liên quan lập phương án.",
            ["Sở Y tế"],
            ["Sở Tài chính", "Công an tỉnh", "các đơn vị liên quan"],
        ),
        ("Chủ trì, phối hợp chặt chẽ với các sở, ngành, quận, huyện rà soát.", [], ["các sở, ngành", "các quận, huyện"]),
        ("Phối hợp UBND cùng cấp tuyên truyền.", [], ["UBND cùng cấp"]),
        ("Kết hợp với cơ quan báo chí đưa tin.", [], ["cơ quan báo chí"]),
        ("Sở Nội vụ làm đầu mối, phối hợp với các sở, ngành theo dõi.", ["Sở Nội vụ"], ["các sở, ngành"]),
        ("Sở Nội vụ là cơ quan đầu mối tổng hợp.", ["Sở Nội vụ"], []),
        ("Sở Y tế được giao chủ trì xây dựng đề án.", ["Sở Y tế"], []),
        ("Sở Y tế cùng các sở ngành, địa phương lồng ghép nội dung.", ["Sở Y tế", "các sở ngành", "các địa phương"], []),
        # told by somebody
        ("Giao Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp tham mưu UBND tỉnh.", ["Sở Nội vụ"], ["Sở Tư pháp"]),
        ("Giao Ban Tổ chức Tỉnh ủy thẩm định.", ["Ban Tổ chức Tỉnh ủy"], []),
        ("Đề nghị Hội Nông dân tỉnh, Hội Cựu chiến binh tỉnh vận động hội viên.", ["Hội Nông dân tỉnh", "Hội Cựu chiến binh tỉnh"], []),
        ("UBND Thành phố giao Sở Xây dựng phối hợp với Công an Thành phố kiểm tra.", ["Sở Xây dựng"], ["Công an Thành phố"]),
        ("UBND tỉnh yêu cầu Giám đốc các sở, Chủ tịch UBND các huyện khẩn trương thực hiện.", ["Giám đốc các sở", "Chủ tịch UBND các huyện"], []),
        ("Đồng chí Trần Văn Bình, Phó Chủ tịch UBND tỉnh đề nghị Sở Công Thương rà soát.", ["Sở Công Thương"], []),
        ("Tại buổi làm việc, ông Lê Văn Cường yêu cầu Sở Y tế báo cáo lại.", ["Sở Y tế"], []),
        ("UBND Thành phố đã ban hành Kế hoạch số 15/KH-UBND chỉ đạo các cấp, ngành nâng cao nhận thức.", ["các cấp, ngành"], []),
        ("Phân công nhiệm vụ cụ thể cho các sở, ngành trong nghiên cứu chính sách.", ["các sở, ngành"], []),
        (
            "Xây dựng quy chế mới (Giao Công an tỉnh chủ trì, phối hợp với Văn phòng UBND tỉnh; Sở Tư pháp tham mưu).",
            ["Công an tỉnh"],
            ["Văn phòng UBND tỉnh", "Sở Tư pháp"],
        ),
        ("Tổ chức tập huấn, Sở Nội vụ chủ trì, phối hợp với Trường Chính trị tỉnh.", ["Sở Nội vụ"], ["Trường Chính trị tỉnh"]),
        ("UBND tỉnh yêu cầu chấp hành nghiêm quy định.", [], []),
        # labels
        ("Sở Tư pháp: Phối hợp với Công an tỉnh kiểm tra.", ["Sở Tư pháp"], ["Công an tỉnh"]),
        ("Số hóa hồ sơ. Cơ quan chủ trì: Sở Nội vụ; cơ quan phối hợp: Sở Tài chính.", ["Sở Nội vụ"], ["Sở Tài chính"]),
        ("Cơ quan thực hiện: Sở Y tế.", ["Sở Y tế"], []),
        # subjects without a role word
        ("Các doanh nghiệp viễn thông phối hợp phát triển hạ tầng.", ["Các doanh nghiệp viễn thông"], []),
        ("UBND cấp huyện, UBND cấp xã chủ động, tăng cường kiểm tra.", ["UBND cấp huyện", "UBND cấp xã"], []),
        ("Trên cơ sở đề xuất của Sở Y tế, Sở Tài chính tổng hợp, trình UBND tỉnh.", ["Sở Tài chính"], []),
        ("Định kỳ, Sở Nội vụ đánh giá kết quả.", ["Sở Nội vụ"], []),
        ("Đối với vốn ngoài ngân sách: Do các doanh nghiệp tự cân đối, bố trí.", ["các doanh nghiệp"], []),
        ("Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các sở, ngành phản ánh về Sở Nội vụ.", ["các sở, ngành"], []),
        (
            "Điều 3. Chánh Văn phòng UBND tỉnh; Giám đốc Sở Y tế và các cơ quan, tổ chức liên quan chịu trách nhiệm thi hành.",
            ["Chánh Văn phòng UBND tỉnh", "Giám đốc Sở Y tế", "các cơ quan, tổ chức liên quan"],
            [],
        ),
        (
            "Các cơ quan được phân công chủ trì nhiệm vụ theo Kế hoạch này có trách nhiệm lập dự toán.",
            ["Các cơ quan được phân công chủ trì nhiệm vụ theo Kế hoạch này"],
            [],
        ),
        # a bare noun at the head of a clause is the one that the text is about
        ("Bộ phải kiểm tra định kỳ.", ["Bộ"], []),
        ("Nhà trường triển khai lớp học.", ["Nhà trường"], []),
        ("Bệnh viện bố trí đủ thuốc.", ["Bệnh viện"], []),
        ("Lãnh đạo phường trực tiếp chỉ đạo.", ["Lãnh đạo phường"], []),
        ("Chủ bến có trách nhiệm trang bị phao.", ["Chủ bến"], []),
        ("Ngành Y tế tổ chức khám lưu động.", ["Ngành Y tế"], []),
        ("Về phát triển giao thông: Tỉnh tập trung vốn cho tuyến liên xã.", ["Tỉnh"], []),
        ("Viện trợ khẩn cấp cho vùng lũ.", [], []),
        ("Đối với Sở Y tế: Chủ động rà soát.", ["Sở Y tế"], []),
        ("Đối với các xã khó khăn: UBND xã có trách nhiệm rà soát.", ["UBND xã"], []),
        ("Đối với doanh nghiệp: Hỗ trợ lãi suất vay.", [], []),
        # persons and posts
        ("Ông Trần Văn An - Trưởng đoàn: Phụ trách chung.", ["Trưởng đoàn"], []),
        ("Các thành viên Đoàn thực hiện nghiêm kế hoạch.", ["Các thành viên Đoàn"], []),
        ("Thầy Trần Văn An phụ trách lớp.", [], []),
        (
            "Các đồng chí bí thư tỉnh ủy, thành ủy, các đồng chí bộ trưởng, thủ trưởng cơ quan ngang bộ chỉ đạo quyết liệt.",
            ["bí thư tỉnh ủy, thành ủy", "bộ trưởng", "thủ trưởng cơ quan ngang bộ"],
            [],
        ),
        ("UBND xã phối hợp với trưởng thôn, tổ trưởng dân phố rà soát hộ nghèo.", ["UBND xã"], ["trưởng thôn", "tổ trưởng dân phố"]),
        # where a name ends
        ("Phối hợp với lực lượng quân đội, công an hỗ trợ vận chuyển nước.", [], ["lực lượng quân đội", "công an"]),
        ("Các Bộ, cơ quan đổi mới phương thức làm việc.", ["Các Bộ, cơ quan"], []),
        ("Phối hợp với ngành giáo dục để vệ sinh trường lớp.", [], ["ngành giáo dục"]),
        ("Phối hợp với các sở, ngành xây dựng kế hoạch.", [], ["các sở, ngành"]),
        ("các đơn vị tham mưu cần thảo luận kỹ.", ["các đơn vị tham mưu"], []),
        ("Các chủ rừng là tổ chức xây dựng phương án.", ["Các chủ rừng là tổ chức"], []),
        ("Chủ tịch UBND các tỉnh, thành phố từ Hà Tĩnh đến Lâm Đồng sơ tán dân.", ["Chủ tịch UBND các tỉnh, thành phố từ Hà Tĩnh đến Lâm Đồng"], []),
        ("Chủ động phối hợp, hỗ trợ chính quyền địa phương ứng phó.", [], ["chính quyền địa phương"]),
        (
            "Sở Y tế phối hợp với các sở, ban, ngành trong phạm vi chức năng, nhiệm vụ của mình và các tổ chức khác có liên quan thực hiện.",
            ["Sở Y tế"],
            ["các sở, ban, ngành", "các tổ chức khác có liên quan"],
        ),
        ("Sau khi kiểm tra, UBND xã, phường, thị trấn lập danh sách.", ["UBND xã, phường, thị trấn"], []),
        ("Giao Trung tâm dịch vụ tổng hợp cấp xã lập hồ sơ.", ["Trung tâm dịch vụ tổng hợp cấp xã"], []),
        ("Cục Kết cấu hạ tầng xây dựng tham mưu việc hướng dẫn.", ["Cục Kết cấu hạ tầng xây dựng"], []),
        ("Các Sở Xây dựng nêu trên phối hợp với các sở Y tế, Tài chính.", ["Các Sở Xây dựng nêu trên"], ["Sở Y tế", "Sở Tài chính"]),
        ("Thường trực HĐND tỉnh, các Ban HĐND tỉnh giám sát.", ["Thường trực HĐND tỉnh", "các Ban HĐND tỉnh"], []),
        ("UBND xã Bình Minh, xã Châu Phú rà soát.", ["UBND xã Bình Minh", "UBND xã Châu Phú"], []),
        ("Bộ Tài chính chủ trì cùng Bộ Xây dựng và các bộ, ngành liên quan rà soát.", ["Bộ Tài chính", "Bộ Xây dựng", "các bộ, ngành liên quan"], []),
        # a sentence that begins with a letter of many marks is a clause of its own
        (
            "Đề nghị Sở Y tế vận động. Ủy ban MTTQ tỉnh và các tổ chức thành viên phát huy vai trò.",
            ["Sở Y tế", "Ủy ban MTTQ tỉnh", "các tổ chức thành viên"],
            [],
        ),
        # the subject after several aims; people beside agencies have no role
        ("Nhằm giảm ngập lụt; khắc phục hư hỏng, Chủ tịch UBND thành phố yêu cầu các sở, ngành thực hiện:", ["các sở, ngành"], []),
        ("Để toàn dân chung tay; các sở, ngành (sau đây gọi tắt là đơn vị) và mọi người dân triển khai cuộc thi:", ["các sở, ngành"], []),
        ("Để thu hút đầu tư; bảo đảm hạ tầng, UBND tỉnh đã ban hành Kế hoạch số 12/KH-UBND.", [], []),
        ("Triển khai chỉ đạo của Thủ tướng Chính phủ, Bộ Xây dựng yêu cầu các cơ quan, đơn vị:", ["các cơ quan, đơn vị"], []),
        ("(BTN) - Sở Công Thương sẽ kiểm tra giá cả.", ["Sở Công Thương"], []),
        ("UBND huyện đã phân công cụ thể cho các phòng, ban theo dõi.", ["các phòng, ban"], []),
        # an apposition names the agency before it again
        ("Bộ Tài chính, cơ quan thường trực Tiểu ban kinh tế, nghiên cứu cơ chế.", ["Bộ Tài chính"], []),
        ("Bộ Tài chính, các cơ quan thường trực, nghiên cứu cơ chế.", ["Bộ Tài chính", "các cơ quan thường trực"], []),
        # who agrees is not who is told
        ("Các bộ thống nhất chỉ có một đầu mối; giao Bộ Y tế lập hồ sơ.", ["Bộ Y tế"], []),
        ("Các sở thống nhất triển khai mô hình; báo cáo kết quả.", ["Các sở"], []),
        # several aims or subjects before the one who acts
        ("Đối với các dự án giao thông; các dự án thủy lợi, giao Sở Xây dựng rà soát.", ["Sở Xây dựng"], []),
        # named helpers beside the lead
        (
            "Cơ quan được giao chủ trì có trách nhiệm hoàn thành nhiệm vụ, các cơ quan phối hợp có trách nhiệm cử người.",
            ["Cơ quan được giao chủ trì"],
            ["các cơ quan phối hợp"],
        ),
        ("Cơ quan phối hợp có trách nhiệm trả lời; cơ quan phối hợp phải nêu rõ lý do.", ["Cơ quan phối hợp"], []),
        # encouraged: those who are named, not people at large
        ("Khuyến khích Liên đoàn Lao động tỉnh, Hội Nông dân tỉnh tổ chức hội thi.", ["Liên đoàn Lao động tỉnh", "Hội Nông dân tỉnh"], []),
        ("Khuyến khích các doanh nghiệp đầu tư thiết bị.", [], []),
        ("Khuyến khích cán bộ, công chức tự học.", [], []),
        ("Qua xét xử, kiến nghị với các cấp, các ngành, cơ quan có liên quan nhằm hạn chế sơ hở.", [], []),
        ("Theo luật, văn bản của Bộ, ngành, phối hợp với các Sở, ban, ngành được giao chủ trì để tham mưu.", [], ["các Sở, ban, ngành"]),
        ("4.2.a. Các hộ gia đình tự tổ chức xây dựng nhà ở.", ["Các hộ gia đình"], []),
        (
            "Lãnh đạo Sở, Trưởng các phòng trực thuộc Sở và toàn thể cán bộ, công chức thuộc đối tượng áp dụng chịu trách nhiệm thi hành.",
            ["Lãnh đạo Sở", "Trưởng các phòng trực thuộc Sở"],
            [],
        ),
        # bodies set up for a task
        ("Đoàn kiểm tra liên ngành tiến hành kiểm tra tại các cơ sở.", ["Đoàn kiểm tra liên ngành"], []),
        ("Sau khi có kết quả, Hội đồng thẩm định gửi Sở Xây dựng.", ["Hội đồng thẩm định"], []),
        ("Các doanh nghiệp bưu chính, viễn thông: đảm bảo liên lạc.", ["Các doanh nghiệp bưu chính, viễn thông"], []),
        ("Chủ tịch Hội đồng thành viên, Tổng giám đốc các Tập đoàn chỉ đạo.", ["Chủ tịch Hội đồng thành viên, Tổng giám đốc các Tập đoàn"], []),
        ("Chủ tịch Hội đồng thành viên chịu trách nhiệm trước Thủ tướng.", ["Chủ tịch Hội đồng thành viên"], []),
        # each its own label; both lead with "cùng"
        ("Sở Tài chính: thẩm định dự toán; Sở Y tế: mua sắm vật tư.", ["Sở Tài chính", "Sở Y tế"], []),
        ("Giao Chánh Văn phòng UBND tỉnh chủ trì, cùng Giám đốc Sở Nội vụ theo dõi.", ["Chánh Văn phòng UBND tỉnh", "Giám đốc Sở Nội vụ"], []),
        # how a plan closes, and what an inspector demands
        ("Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện.", ["các cơ quan, đơn vị"], []),
        ("Yêu cầu các đơn vị lắp đặt camera.", [], []),
        ("Sở Y tế với vai trò là cơ quan thường trực có trách nhiệm tổng hợp.", ["Sở Y tế"], []),
        ("UBND xã phối hợp với Chi cục Thủy lợi xử lý sạt lở.", ["UBND xã"], ["Chi cục Thủy lợi"]),
        ("Trưởng phòng Văn hóa - Xã hội, Trưởng phòng Kinh tế chịu trách nhiệm.", ["Trưởng phòng Văn hóa - Xã hội", "Trưởng phòng Kinh tế"], []),
        ("Hiệu trưởng các trường tiểu học, THCS chỉ đạo giáo viên.", ["Hiệu trưởng các trường tiểu học, THCS"], []),
        ("Các cơ quan thông tấn, báo chí; Đài Truyền thanh xã đưa tin.", ["Các cơ quan thông tấn, báo chí", "Đài Truyền thanh xã"], []),
        # a subject left out after its grounds
        ("Căn cứ chức năng, chỉ đạo các trường phổ thông, các trường dạy nghề trực thuộc quản lý lồng ghép nội dung.", [], []),
        ("Căn cứ chức năng, nhiệm vụ được giao, các sở, ngành chủ động triển khai.", ["các sở, ngành"], []),
        ("Đặc biệt, trong tháng này, Bộ phải tổ chức hội nghị.", ["Bộ"], []),
        # "với" at the head of an item below "phối hợp:", and as "as for"
        ("Với các đơn vị của Bộ Tài chính hướng dẫn thủ tục.", [], ["các đơn vị của Bộ Tài chính"]),
        ("Với các doanh nghiệp, Sở Y tế hướng dẫn riêng.", ["Sở Y tế"], []),
        # a remark in the middle names no lead of the whole
        ("Rà soát cụm công nghiệp (giao Ban Quản lý dự án cấp xã lập hồ sơ), hoàn thành trong năm.", [], []),
        # groups told by examples; forces of a body
        (
            "Về truyền thông, các đơn vị như Báo Lao động, Tạp chí Tổ chức nhà nước cần bám sát sự kiện.",
            ["Báo Lao động", "Tạp chí Tổ chức nhà nước"],
            [],
        ),
        ("Phối hợp với lực lượng Công an trong rà soát.", [], ["lực lượng Công an"]),
        ("Phối hợp với các cấp chính quyền rà soát.", [], ["các cấp chính quyền"]),
        # members in a parenthesis
        ("Sở Y tế phối hợp với các nhà mạng (Viettel Lào Cai, VNPT Lào Cai) nhắn tin.", ["Sở Y tế"], ["Viettel Lào Cai", "VNPT Lào Cai"]),
        ("Sở Y tế phối hợp với các nhà mạng (VNPT, Viettel và doanh nghiệp khác) nhắn tin.", ["Sở Y tế"], ["các nhà mạng"]),
        # helpers after a bare "phối hợp"
        ("Phối hợp Sở Xây dựng, Sở Công Thương và đơn vị có liên quan rà soát.", [], ["Sở Xây dựng", "Sở Công Thương", "đơn vị có liên quan"]),
        ("Khi mưa lớn, phối hợp lực lượng chức năng chốt chặn.", [], ["lực lượng chức năng"]),
        ("Phối hợp chặt chẽ lực lượng Công an thành phố kiểm tra.", [], ["lực lượng Công an thành phố"]),
        ("Các cơ quan phối hợp có trách nhiệm phối hợp với cơ quan chủ trì thực hiện.", ["Các cơ quan phối hợp"], []),
        ("Việc lập quy hoạch phải có sự tham gia góp ý của các bộ, ngành.", [], ["các bộ, ngành"]),
        ("Trưởng thôn ấp, Tổ trưởng các Tổ dân phố hướng dẫn người dân.", ["Trưởng thôn ấp", "Tổ trưởng các Tổ dân phố"], []),
        ("Doanh nghiệp, cộng đồng: Đăng ký hỗ trợ.", ["Doanh nghiệp", "cộng đồng"], []),
        ("Sở Y tế phối hợp với các bộ, ngành và cộng đồng dân cư.", ["Sở Y tế"], ["các bộ, ngành", "cộng đồng dân cư"]),
        (
            "Các địa phương được giao chủ trì các quy hoạch về biển cần chủ động thông tin.",
            ["Các địa phương được giao chủ trì các quy hoạch về biển"],
            [],
        ),
        ("Định kỳ 06 tháng các cơ quan có liên quan báo cáo kết quả.", ["các cơ quan có liên quan"], []),
        ("Căn cứ quy định, lập đề án và gửi về Bộ Xây dựng, Bộ Y tế và Bộ Tài chính để tổng hợp.", [], []),
        ("Chủ rừng là các doanh nghiệp nhà nước đang quản lý rừng.", [], []),
        ("Sở Y tế là cơ quan thường trực.", ["Sở Y tế"], []),
        ("Để đạt mục tiêu này, huyện Bình Sơn tập trung nâng cao vai trò lãnh đạo.", ["huyện Bình Sơn"], []),
        ("Tuyên truyền tại các xã, phường tập trung đông dân.", [], []),
        ("Giám sát kết quả. Chậm nhất ngày 15/11 hằng năm, các sở, ngành báo cáo Sở Tài chính để tổng hợp.", ["các sở, ngành"], []),
        ("Rà soát hồ sơ. Định kỳ hằng quý tổng hợp, báo cáo UBND tỉnh.", [], []),
        (
            "Trong quý I, doanh nghiệp được giao nghiên cứu, chế tạo vật liệu nổ có trách nhiệm báo cáo.",
            ["doanh nghiệp được giao nghiên cứu, chế tạo vật liệu nổ"],
            [],
        ),
        # who directs leads, those directed have no role, their partners help
        ("Đề nghị Ban Dân vận Tỉnh ủy hướng dẫn Ban Dân vận cấp huyện phối hợp UBND cùng cấp vận động.", ["Ban Dân vận Tỉnh ủy"], ["UBND cùng cấp"]),
        ("UBND cấp xã chỉ đạo Công an xã phối hợp với Hội Phụ nữ xã tuần tra.", ["UBND cấp xã"], ["Hội Phụ nữ xã"]),
        (
            "Sở Văn hóa và Thể thao chủ trì, đề nghị Ban Tuyên giáo Thành ủy phối hợp hướng dẫn.",
            ["Sở Văn hóa và Thể thao"],
            ["Ban Tuyên giáo Thành ủy"],
        ),
        (
            "Các sở, ngành; UBND các xã và đề nghị Ủy ban MTTQ tỉnh phối hợp tổ chức thực hiện.",
            ["Các sở, ngành", "UBND các xã"],
            ["Ủy ban MTTQ tỉnh"],
        ),
        ("Sở Y tế chủ trì; Công an tỉnh phối hợp thực hiện.", ["Sở Y tế"], ["Công an tỉnh"]),
        ("Sở Y tế rà soát cơ sở dữ liệu; Công an tỉnh phối hợp với Sở Tư pháp xác minh.", ["Sở Y tế", "Công an tỉnh"], ["Sở Tư pháp"]),
        # units of bodies, offices of one field, trade offices abroad
        (
            "Vụ Kế hoạch chủ trì, phối hợp với các Vụ: Công nghiệp nhẹ, Thị trường trong nước và các Vụ Thị trường ngoài nước lập phương án.",
            ["Vụ Kế hoạch"],
            ["Vụ Công nghiệp nhẹ", "Vụ Thị trường trong nước", "các Vụ Thị trường ngoài nước"],
        ),
        (
            "Cục Hóa chất phối hợp với các Vụ Pháp chế, Tổ chức cán bộ và các Chi cục Hải quan rà soát.",
            ["Cục Hóa chất"],
            ["Vụ Pháp chế", "Vụ Tổ chức cán bộ", "các Chi cục Hải quan"],
        ),
        (
            "Phối hợp với các đơn vị của Bộ Y tế, Bộ Tài chính, Ngân hàng Nhà nước và UBND các tỉnh kiểm tra kho hàng.",
            [],
            ["các đơn vị của Bộ Y tế", "các đơn vị của Bộ Tài chính", "các đơn vị của Ngân hàng Nhà nước", "UBND các tỉnh"],
        ),
        (
            "Phối hợp với các đơn vị liên quan của các Bộ: Y tế, Tài chính và các địa phương kiểm tra kho hàng.",
            [],
            ["các đơn vị liên quan của Bộ Y tế", "các đơn vị liên quan của Bộ Tài chính", "các địa phương"],
        ),
        ("Phối hợp với các đơn vị thuộc Sở Y tế, Công an tỉnh kiểm tra.", [], ["các đơn vị thuộc Sở Y tế", "Công an tỉnh"]),
        (
            "Phối hợp với các cơ quan của Bộ, ngành, các Vụ, Cục liên quan trong Bộ rà soát.",
            [],
            ["các cơ quan của Bộ, ngành", "các Vụ, Cục liên quan trong Bộ"],
        ),
        ("Phối hợp với các đơn vị thuộc các sở, ngành rà soát.", [], ["các đơn vị thuộc các sở, ngành"]),
        (
            "Phối hợp với các Thương vụ của Việt Nam tại nước ngoài, Sở Công Thương các địa phương tìm bạn hàng.",
            [],
            ["các Thương vụ của Việt Nam tại nước ngoài", "Sở Công Thương các địa phương"],
        ),
        (
            "Phối hợp với các sở, ngành, doanh nghiệp trong và ngoài nước mở hội chợ.",
            [],
            ["các sở, ngành", "các doanh nghiệp trong và ngoài nước"],
        ),
        # somebody above them puts them in charge; each of a kind; by whom a thing is done
        (
            "Thứ trưởng Lê Văn Bình cùng các Thứ trưởng khác chỉ đạo Vụ Kế hoạch chủ trì, phối hợp với Cục Hóa chất:",
            ["Vụ Kế hoạch"],
            ["Cục Hóa chất"],
        ),
        ("Từng cơ quan, đơn vị phải rà soát nguồn thu.", ["Từng cơ quan, đơn vị"], []),
        ("Mỗi xã phải có một chợ.", [], []),
        ("Việc của từng thành viên do Tổ trưởng Tổ công tác phân công.", ["Tổ trưởng Tổ công tác"], []),
        ("Xe ca nô do Văn phòng Sở Y tế bố trí.", ["Văn phòng Sở Y tế"], []),
        ("Rà soát các dự án do Sở Xây dựng thực hiện.", [], []),
        ("Trường hợp đê bao do Sở Xây dựng thực hiện, trình UBND tỉnh.", [], []),
        ("Các hồ chứa do UBND xã quản lý.", [], []),
        ("Ngân sách huyện bảo đảm kinh phí (cả chi thường xuyên) để trồng rừng theo Kế hoạch do Sở Y tế thực hiện.", [], []),
        ("Nếu thấy cần sửa đổi, bổ sung các sở, ngành chủ động đề xuất.", ["các sở, ngành"], []),
        ("Sở Y tế cần phối hợp, hỗ trợ và hướng dẫn các xã tiêm phòng.", ["Sở Y tế"], ["các xã"]),
        ("Sở Y tế chủ động làm việc với Bộ Tài chính về việc giao vốn.", ["Sở Y tế"], []),
        (
            "Chủ rừng là hộ gia đình, cá nhân và lực lượng vũ trang phải trồng lại rừng.",
            ["Chủ rừng là hộ gia đình, cá nhân và lực lượng vũ trang"],
            [],
        ),
        ("Các ông (bà): Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế thi hành.", ["Chánh Văn phòng UBND tỉnh", "Giám đốc Sở Y tế"], []),
        ("Phối hợp với các cơ quan chức năng trung ương và địa phương xây dựng quy chế.", [], ["các cơ quan chức năng trung ương và địa phương"]),
        (
            "Giao các Đảng ủy: Chính phủ; Quốc hội; Mặt trận Tổ quốc, các đoàn thể Trung ương; Bộ Y tế và các cấp ủy khẩn trương rà soát; báo cáo kết quả.",
            ["Đảng ủy Chính phủ", "Đảng ủy Quốc hội", "Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương", "Đảng ủy Bộ Y tế", "các cấp ủy"],
            [],
        ),
        ("Giao các đoàn kiểm tra của Bộ Chính trị, Ban Bí thư nắm tình hình.", ["các đoàn kiểm tra của Bộ Chính trị, Ban Bí thư"], []),
        (
            "Thủ trưởng các đơn vị thuộc Sở, tổ chức pháp chế các sở, ngành, Giám đốc Sở Y tế có trách nhiệm thi hành.",
            ["Thủ trưởng các đơn vị thuộc Sở", "các tổ chức pháp chế các sở, ngành", "Giám đốc Sở Y tế"],
            [],
        ),
        ("Phối hợp với các sở, ngành và chính quyền tỉnh Sơn La rà soát.", [], ["các sở, ngành", "chính quyền tỉnh Sơn La"]),
        ("Phối hợp với Công an địa phương, Sở Y tế các địa phương kiểm tra.", [], ["Công an địa phương", "Sở Y tế các địa phương"]),
        (
            "Chủ tịch UBND các huyện, thị, thành phố, Thủ trưởng các cơ quan liên quan chịu trách nhiệm thi hành.",
            ["Chủ tịch UBND các huyện, thị, thành phố", "Thủ trưởng các cơ quan liên quan"],
            [],
        ),
        ("UBND các huyện, thị trấn; các huyện, thị, thị xã rà soát.", ["UBND các huyện, thị trấn", "các huyện, thị, thị xã"], []),
        ("Trong thời gian tới, Tỉnh tổ chức thực hiện nghiêm chỉ tiêu được giao.", ["Tỉnh"], []),
        # no role: receivers, objects, owners
        ("Tổng hợp, báo cáo về Sở Xây dựng trước ngày 15/6.", [], []),
        ("Kiểm tra đối với các cơ quan, đơn vị; hướng dẫn các sở, ngành.", [], []),
        ("Nâng cao năng lực cho các Sở, UBND cấp xã.", [], []),
        ("Tham mưu UBND tỉnh trình HĐND tỉnh thông qua nghị quyết.", [], []),
        ("Xây dựng quy chế phối hợp giữa Sở Y tế và Công an tỉnh.", [], []),
        ("Thực hiện tuyên truyền tại các xã, thôn, tổ dân phố trên địa bàn.", [], []),
        ("Theo dõi, đôn đốc các cơ quan, đơn vị, địa phương thực hiện.", [], []),
        ("Yêu cầu các doanh nghiệp lắp đặt trạm cân.", [], []),
        ("Trường hợp đề nghị cơ quan khác thẩm định thì nêu rõ căn cứ.", [], []),
        ("Tổ chức hội nghị sơ kết.", [], []),
        ("", [], []),
    ],
)
def test_roles_of_a_unit(text, lead, coordinating):
    reading = read(text)
    assert names(reading.lead) == lead
    assert names(reading.coordinating) == coordinating


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("- Rà soát quy hoạch;", "Rà soát quy hoạch"),
        ("a) Giao Sở Y tế rà soát.", "Giao Sở Y tế rà soát."),
        ("Điều 2. Sở Y tế chịu trách nhiệm thi hành", "Sở Y tế chịu trách nhiệm thi hành"),
        ("UBND tỉnh giao Sở Y tế rà soát.", "Sở Y tế rà soát."),
        ("UBND tỉnh yêu cầu chấp hành nghiêm.", "chấp hành nghiêm."),
        ("Trường hợp vượt thẩm quyền, Sở Y tế báo cáo UBND tỉnh", "Trường hợp vượt thẩm quyền, Sở Y tế báo cáo UBND tỉnh"),
    ],
)
def test_where_the_action_begins(text, action):
    view = fold(text)
    assert read(text).action.of(view) == action


def test_a_doer_beside_the_lead_is_implementing():
    reading = read("Cơ quan chủ trì: Sở Y tế; đơn vị thực hiện: Trung tâm Y tế huyện.")
    assert names(reading.lead) == ["Sở Y tế"]
    assert names(reading.implementing) == ["Trung tâm Y tế huyện"]


def test_an_office_is_the_agency_named_in_its_parenthesis():
    reading = read("Phối hợp với cơ quan thường trực của Chương trình (Sở Nội vụ) để tổng hợp.")
    assert names(reading.coordinating) == ["Sở Nội vụ"]


_PIECES = st.sampled_from(
    [
        "Sở Y tế ",
        "các sở, ngành ",
        "UBND tỉnh ",
        "chủ trì",
        ", ",
        "; ",
        " phối hợp với ",
        "(",
        ")",
        ": ",
        "Giao ",
        "đề nghị ",
        "yêu cầu ",
        "Trên cơ sở ",
        "thực hiện. ",
        "\n",
        "chỉ đạo ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=80))
def test_any_text_is_read_and_spans_stay_inside(text):
    view = fold(text)
    reading = read_roles(view, Span(0, len(view)), ROLES, AGENCIES)
    for mention in (*reading.lead, *reading.coordinating, *reading.implementing):
        assert 0 <= mention.span.start < mention.span.end <= len(view)
    assert reading.action is None or (0 <= reading.action.start < reading.action.end <= len(view))
