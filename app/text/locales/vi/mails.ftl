# What stands in mails. One paragraph a line.
mail-greeting = Kính gửi Anh/Chị { $name },
mail-fact-workshop = Hội thảo
mail-fact-when = Thời gian
mail-fact-where = Địa điểm
mail-fact-code = Mã điểm danh
mail-sign-off = Trân trọng,
mail-footer = Thư này được gửi tự động. Liên hệ ban tổ chức: { $contact }
mail-footer-alone = Thư này được gửi tự động.
mail-confirmation-subject = Đã giữ chỗ: { $title }
mail-confirmation-body =
    Ban tổ chức đã giữ một chỗ cho Anh/Chị.
    Khi đến, Anh/Chị đưa mã điểm danh hoặc mã QR trên trang đăng ký của mình. Nếu không dự được, xin Anh/Chị hủy trên trang đó để nhường chỗ cho người khác.
mail-confirmation-link = Mở trang đăng ký của tôi
mail-waitlisted-subject = Danh sách chờ: { $title }
mail-waitlisted-body =
    Hội thảo đã hết chỗ. Anh/Chị đang ở danh sách chờ, theo thứ tự đăng ký.
    Khi có chỗ trống, ban tổ chức sẽ báo cho Anh/Chị.
mail-waitlisted-link = Xem thứ tự chờ
mail-promoted-subject = Anh/Chị đã có chỗ: { $title }
mail-promoted-body =
    Đã có chỗ trống và Anh/Chị đã được giữ chỗ.
    Nếu không dự được, xin Anh/Chị hủy trên trang đăng ký của mình để nhường chỗ cho người khác.
mail-promoted-link = Mở trang đăng ký của tôi
mail-cancelled-subject = Đã hủy đăng ký: { $title }
mail-cancelled-body =
    Đăng ký của Anh/Chị đã được hủy theo yêu cầu.
    Nếu đổi ý, Anh/Chị có thể đăng ký lại khi còn hạn.
mail-cancelled-link = Xem đăng ký đã hủy
mail-link-again-subject = Trang đăng ký của Anh/Chị: { $title }
mail-link-again-body =
    Có người vừa đăng ký bằng tên và số điện thoại của Anh/Chị. Anh/Chị đã đăng ký hội thảo này từ trước, nên không có gì thay đổi.
mail-link-again-link = Mở trang đăng ký của tôi
mail-materials-subject = Tài liệu hội thảo: { $title }
mail-materials-body =
    Cảm ơn Anh/Chị đã dự hội thảo. Tài liệu có ở liên kết riêng dưới đây, dùng được trong 30 ngày.
    Xin Anh/Chị không chuyển liên kết này cho người khác.
mail-materials-link = Tải tài liệu
