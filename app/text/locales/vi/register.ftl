# Registering for a workshop.
register-title = Đăng ký dự hội thảo
register-phone-hint = Để ban tổ chức báo khi có thay đổi. Ví dụ: 0912 345 678.
register-establishment-hint = Doanh nghiệp, hợp tác xã hoặc hộ sản xuất nơi Anh/Chị làm việc. Chọn trong gợi ý, hoặc ghi tên mới.
register-locality-hint = Nơi đơn vị hoạt động. Nếu chưa rõ tên mới, ghi tên xã hoặc huyện cũ.
register-email-hint = Để nhận thư xác nhận và tài liệu.
register-consents-legend = Anh/Chị cho phép dùng thông tin này để làm gì?
register-consents-hint = Chọn từng ô theo ý Anh/Chị. Chỉ ô đầu là cần để đăng ký. Sau này muốn rút lại, Anh/Chị gọi điện hoặc viết thư cho ban tổ chức; địa chỉ có trong thông báo dưới đây.
register-consents-link = Đọc thông báo về dữ liệu cá nhân (mở trang mới)
register-consent-reporting = Giữ chỗ, điểm danh, và lập báo cáo của chương trình.
register-consent-materials = Gửi tài liệu của hội thảo này cho tôi qua e-mail.
register-consent-invitations = Mời tôi dự các hội thảo sau.
register-full-title = Hội thảo đã hết chỗ
register-full-text = Anh/Chị đăng ký bây giờ sẽ vào danh sách chờ. { $count ->
        [0] Chưa có ai chờ.
       *[other] { $count } người đang chờ trước Anh/Chị.
    } Khi có người hủy, ai chờ trước được chỗ trước.
register-already-title = Anh/Chị đã đăng ký rồi
register-already-text =
    Họ tên và số điện thoại này đã có trong danh sách của hội thảo, nên không có gì thay đổi.
    Nếu khi đăng ký có ghi e-mail, liên kết đến trang đăng ký vừa được gửi tới địa chỉ đó.
register-call = Cần giúp đỡ, xin Anh/Chị gọi ban tổ chức:
register-back = Về trang hội thảo
register-early-title = Chưa mở đăng ký
register-early-text = Hội thảo mở đăng ký lúc { $at }. Mời Anh/Chị quay lại khi đó.
register-late-title = Đã hết hạn đăng ký
register-late-text = Hạn đăng ký là { $at }.
register-cancelled-title = Hội thảo đã hủy
register-cancelled-text = Hội thảo này không diễn ra, nên không nhận đăng ký nữa.
register-again-title = Trang này đã gửi một đăng ký
register-again-text =
    Để đăng ký thêm một người khác, Anh/Chị xem lại các ô dưới đây rồi gửi.
    Để sửa đăng ký đã gửi, xin Anh/Chị gọi ban tổ chức.
trap-label = Để trống ô này
trap-title = Xin bấm gửi một lần nữa
trap-text = Biểu mẫu được gửi nhanh hơn người thường điền nên hệ thống muốn chắc chắn. Những gì Anh/Chị đã nhập vẫn còn.
