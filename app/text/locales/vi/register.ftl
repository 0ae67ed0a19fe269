# Registering for a workshop.
register-title = Đăng ký dự hội thảo
register-phone-hint = Để ban tổ chức báo khi có thay đổi. Ví dụ: 0912 345 678.
register-establishment-hint = Doanh nghiệp, hợp tác xã hoặc hộ sản xuất nơi Anh/Chị làm việc. Chọn trong gợi ý, hoặc ghi tên mới.
register-locality-hint = Nơi đơn vị hoạt động. Nếu chưa rõ tên mới, ghi tên xã hoặc huyện cũ.
register-email-hint = Để nhận thư xác nhận và tài liệu.
register-consents-legend = Anh/Chị cho phép dùng thông tin này để làm gì?
register-consents-hint = Chọn từng ô theo ý Anh/Chị. Chỉ ô đầu là cần để đăng ký. Sau này muốn rút lại, Anh/Chị bỏ chọn trên trang đăng ký của mình.
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
register-unsent = Vì vậy đăng ký này chưa được gửi. Những gì Anh/Chị đã nhập vẫn còn ở dưới.
register-cancelled-title = Hội thảo đã hủy
register-cancelled-text = Hội thảo này không diễn ra, nên không nhận đăng ký nữa.
register-again-title = Trang này đã gửi một đăng ký
register-again-text =
    Để đăng ký thêm một người khác, Anh/Chị xem lại các ô dưới đây rồi gửi.
    Để sửa đăng ký đã gửi, xin Anh/Chị mở trang đăng ký của mình.
trap-label = Để trống ô này
trap-title = Xin bấm gửi một lần nữa
trap-text = Biểu mẫu được gửi nhanh hơn người thường điền nên hệ thống muốn chắc chắn. Những gì Anh/Chị đã nhập vẫn còn.
register-together = Đăng ký cho nhiều người cùng đơn vị?
register-together-link = Điền một lần cho cả nhóm
register-act-group = Đăng ký cho nhiều người
register-act-request = Gửi đăng ký
register-approval-title = Ban tổ chức duyệt từng đăng ký
register-approval-text = Anh/Chị được báo khi có quyết định, chậm nhất là { $at }.
register-invited-title = Chỉ dành cho đại biểu được mời
home-invited-only = Chỉ dành cho đại biểu được mời
delegates-number = Đại biểu { $number }
delegates-role-choose = Chọn chức vụ
delegates-more = Thêm người
delegates-hint = Hàng nào để trống thì bỏ qua. Không có số điện thoại hoặc e-mail riêng thì để trống.
group-title = Đăng ký cho nhiều người
group-contact = Người đăng ký
group-contact-hint = Anh/Chị là người liên hệ, không tính là đại biểu. Nếu Anh/Chị cũng dự, xin ghi tên mình ở phần đại biểu.
group-email-hint = Để nhận liên kết quản lý cả nhóm.
group-place = Đơn vị
group-delegates = Đại biểu
group-seats-title = Không còn nhiều chỗ
group-seats-text = { $count ->
        [0] Đã hết chỗ. Cả nhóm vào danh sách chờ và được xếp cùng một lúc.
       *[other] Còn { $count } chỗ. Nhóm đông hơn thì cả nhóm chờ đến khi đủ chỗ cho mọi người.
    }
group-approval-text = Cả nhóm được báo khi có quyết định, chậm nhất là { $at }.
group-act-request = Gửi đăng ký của cả nhóm
group-told = Các đại biểu biết việc này và đồng ý để tôi đăng ký.
group-told-problem = Hãy hỏi các đại biểu, rồi chọn ô này.
group-act = Đăng ký cả nhóm
group-already-title = Mọi người đã đăng ký rồi
group-already-text =
    Những người này đã có trong danh sách của hội thảo, nên không có gì thay đổi.
    Ai có ghi e-mail khi đăng ký thì liên kết vừa được gửi tới địa chỉ đó.
group-page-title = Nhóm đã đăng ký
group-page-lead = Những người Anh/Chị đã đăng ký.
group-call = Cần giúp đỡ, xin Anh/Chị gọi ban tổ chức:
group-done-made = Đã đăng ký cả nhóm
group-done-made-text =
    Xin Anh/Chị lưu địa chỉ trang này và gửi cho từng người trang riêng của họ, vì mã điểm danh ở đó.
    Ai đã đăng ký từ trước thì không có ở đây; ai được ghi hai lần thì có một lần.
group-done-waiting = Cả nhóm đã vào danh sách chờ
group-done-waiting-text =
    Chưa ai có chỗ và mã điểm danh. Xin Anh/Chị lưu địa chỉ trang này: trang báo ngay khi đủ chỗ cho cả nhóm.
    Ai đã đăng ký từ trước thì không có ở đây; ai được ghi hai lần thì có một lần.
group-phone-title = { $count } đại biểu ghi số điện thoại trùng với người khác
group-phone-text = Ban tổ chức sẽ gọi số ấy. Ai có số riêng, xin ghi vào trang riêng của người đó.
group-done-requested = Đã gửi đăng ký của cả nhóm
group-done-requested-text =
    Đăng ký chờ ban tổ chức duyệt. Xin Anh/Chị lưu địa chỉ trang này để xem kết quả.
    Ai đã đăng ký từ trước thì không có ở đây; ai được ghi hai lần thì có một lần.
group-requested-title = Đăng ký chờ ban tổ chức duyệt
group-requested-text = Chưa ai có chỗ. Anh/Chị được báo khi có quyết định, chậm nhất là { $at }.
group-done-accepted-text = Xin Anh/Chị gửi cho từng người trang riêng của họ, vì mã điểm danh ở đó.
group-accept = Nhận chỗ cho cả nhóm
group-waiting-title = Cả nhóm ở danh sách chờ, thứ tự { $position }
group-waiting-text = Ai chờ trước được xếp trước. Nhóm ở đầu danh sách chờ đến khi đủ chỗ cho mọi người; không ai chờ sau vượt lên.
group-too-large-title = Nhóm đông hơn số chỗ của hội thảo
group-too-large-text = { $size } người chờ cùng nhau, mà hội thảo chỉ có { $all } chỗ. Xin hủy bớt cho đủ chỗ, hoặc gọi ban tổ chức.
group-member-page = Trang riêng và mã
group-cancel-offer = Người này không dự
group-cancel-booked = Chỗ này sẽ dành cho người khác. Nếu muốn đổi người, xin mở trang riêng và cử người dự thay.
group-cancel-waiting = Người này sẽ ra khỏi danh sách chờ.
