# The notice on personal data. One point or paragraph a line. Whoever changes it raises CONSENT_TEXT_VERSION.
privacy-title = Bảo vệ dữ liệu cá nhân
privacy-lead = Chúng tôi cần gì, dùng để làm gì, giữ bao lâu, và Anh/Chị có những quyền gì, theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP.
privacy-controller-title = Ai chịu trách nhiệm
privacy-controller = { $organizer } là bên kiểm soát và xử lý dữ liệu: quyết định dùng dữ liệu để làm gì, dùng thế nào, và chịu trách nhiệm về việc đó.
privacy-data-title = Dữ liệu nào
privacy-data =
    Khi Anh/Chị đăng ký: họ và tên, số điện thoại, chức vụ, đơn vị, địa bàn; địa chỉ e-mail nếu Anh/Chị cho.
    Những ô đồng ý Anh/Chị đã chọn, kèm thời điểm, nơi chọn và phiên bản của lời văn.
    Khi Anh/Chị dự: phiên nào, điểm danh lúc mấy giờ; việc hủy hoặc có người dự thay.
    Thư đã gửi cho Anh/Chị: về việc gì, lúc nào, có gửi được hay không.
privacy-data-not = Chúng tôi không thu thập giấy tờ tùy thân, dữ liệu ngân hàng hay dữ liệu nhạy cảm, và không theo dõi việc Anh/Chị mở thư.
privacy-purposes-title = Dùng để làm gì
privacy-purposes-lead = Mỗi mục đích có một ô đồng ý riêng, không ô nào được chọn sẵn. Thiếu ô thứ nhất thì chúng tôi không nhận đăng ký được; hai ô sau hoàn toàn tùy Anh/Chị.
privacy-purposes =
    Đăng ký và báo cáo: giữ chỗ, báo khi có thay đổi, điểm danh, lập danh sách ký nhận, và báo cáo kết quả của chương trình.
    Tài liệu: gửi tài liệu của hội thảo Anh/Chị đã dự qua e-mail.
    Thư mời: mời Anh/Chị dự các hội thảo sau.
privacy-nominated = Nếu đồng nghiệp đăng ký thay Anh/Chị, chúng tôi chỉ dùng dữ liệu để chuẩn bị hội thảo đó, cho đến khi hỏi được ý Anh/Chị.
privacy-seen-title = Ai được xem
privacy-seen =
    Cán bộ ban tổ chức, để làm những việc trên.
    Cán bộ điểm danh: chỉ người của hội thảo mình phụ trách.
    Giảng viên: số lượng và họ tên ở các phiên của mình.
    Cơ quan nhà nước có thẩm quyền, khi pháp luật yêu cầu.
    Báo cáo công khai chỉ có con số, không có tên. Chúng tôi không bán và không cho ai dùng dữ liệu để quảng cáo.
privacy-kept-title = Giữ bao lâu
privacy-kept =
    Dữ liệu được giữ trong thời gian chương trình và đến khi báo cáo, quyết toán xong. Hết thời hạn đó, hoặc sớm hơn nếu Anh/Chị yêu cầu xóa, tên và liên hệ được xóa; chỉ còn lại những con số không cho biết là ai.
    Danh sách ký nhận trên giấy được giữ theo quy định về kế toán và lưu trữ.
privacy-rights-title = Quyền của Anh/Chị
privacy-rights-lead = Anh/Chị có quyền:
privacy-rights =
    được biết dữ liệu của mình được xử lý thế nào;
    đồng ý, không đồng ý, và rút lại sự đồng ý;
    xem, sửa, hoặc yêu cầu sửa dữ liệu;
    yêu cầu cung cấp, xóa, hoặc hạn chế xử lý dữ liệu;
    phản đối việc xử lý;
    khiếu nại, tố cáo, khởi kiện và đòi bồi thường theo pháp luật;
    yêu cầu cơ quan có thẩm quyền bảo vệ dữ liệu của mình.
privacy-withdraw-title = Rút lại đồng ý, và các yêu cầu khác
privacy-withdraw =
    Để rút lại sự đồng ý hoặc sửa dữ liệu, Anh/Chị gọi điện, viết thư hoặc đến gặp ban tổ chức theo địa chỉ ở đầu trang này; không cần nêu lý do và không mất phí. Muốn hủy một đăng ký, Anh/Chị tự làm được ở trang đăng ký của mình.
    Chúng tôi trả lời trong 2 ngày làm việc, và thực hiện xong trong 15 ngày, việc khó thì trong 20 ngày.
    Rút lại đồng ý không làm mất giá trị của những việc đã làm trước đó. Nếu rút lại ô thứ nhất trước hội thảo, Anh/Chị không còn chỗ ở hội thảo đó.
privacy-duties-title = Nghĩa vụ của Anh/Chị
privacy-duties =
    Tự bảo vệ dữ liệu của mình, như không chuyển trang đăng ký và mã điểm danh cho người khác.
    Ghi đúng và đủ thông tin khi đã đồng ý cung cấp.
    Tôn trọng dữ liệu của người khác: khi đăng ký thay đồng nghiệp, xin hỏi ý người đó trước.
privacy-cookies-title = Cookie
privacy-cookies = Trang này chỉ dùng cookie cần thiết: một để nhớ ngôn ngữ Anh/Chị chọn, một để cán bộ đăng nhập. Không có cookie quảng cáo hay thống kê.
privacy-version = Phiên bản của thông báo và các ô đồng ý: { $version }.
