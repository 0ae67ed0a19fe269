# Moving and calling off, as people are told.
change-was = Trước
change-is = Nay
change-moved-subject = Đổi lịch: { $title }
change-moved-body = Hội thảo “{ $title }” nay diễn ra { $when }. Mong Anh/Chị xem lại thời gian và địa điểm.
change-moved-valid = Đăng ký và mã của Anh/Chị vẫn dùng được, cả mã đã in.
change-invited-moved = Giấy mời vẫn có giá trị. Mong đơn vị cử đại biểu, hoặc báo nếu không ai dự được.
change-invited-cancelled = Đơn vị không cần trả lời giấy mời nữa.
change-invited-link = Xem và trả lời giấy mời
change-cancelled-subject = Hủy: { $title }
change-cancelled-body = Hội thảo “{ $title }”, dự kiến { $when }, không diễn ra nữa. Mong Anh/Chị thông cảm.
change-link = Xem trang đăng ký của Anh/Chị
change-link-subject = Liên kết dự trực tuyến mới: { $title }
change-link-body = Liên kết để dự trực tuyến đã thay đổi; liên kết cũ, kể cả trong lịch của Anh/Chị, không còn dùng được. Liên kết mới ở trên trang đăng ký của Anh/Chị.
change-zalo-contact = Hỏi thêm: { $contact }
change-page-moved = Đã đổi lịch, địa điểm
change-page-cancelled = Đã hủy hội thảo
change-page-told = Có { $count } người liên quan. Thay đổi lúc { $at }.
change-zalo-title = Báo qua Zalo
change-zalo-hint = Sao chép đoạn này vào nhóm hoặc tin nhắn Zalo.
change-zalo-vi = Bằng tiếng Việt
change-zalo-en = Bằng tiếng Anh
change-calls-title = Cần gọi
change-calls-none = Không có ai phải gọi: mọi người được báo đều có e-mail dùng được.
change-calls-lead = { $left ->
    [0] Đã báo xong cho cả { $all } người.
   *[other] Còn { $left } trong { $all } người chưa được báo.
}
change-call-name = Họ và tên
change-call-phone = Điện thoại
change-call-no-phone = Không có số
change-call-from = Đơn vị
change-contacts-title = Đơn vị được mời cần gọi
change-contacts-lead = Những đơn vị này đã được mời, chưa cử ai và không có e-mail dùng được.
change-news-moved = Đã đổi lịch hoặc địa điểm
change-news-cancelled = Hội thảo đã hủy
change-news-at = Cập nhật { $at }
minimum-subject = Chưa đủ người: { $title }
minimum-body = Hội thảo “{ $title }” bắt đầu { $at } mới có { $booked } người đăng ký, cần ít nhất { $minimum }.
minimum-choices = Anh/Chị quyết định: vẫn tổ chức, dời ngày hoặc hủy. Không có gì tự hủy.
minimum-link = Mở trang hội thảo để quyết định
change-teach-link = Xem lại và trả lời
change-list-title = Thay đổi đã báo
change-list-open = Văn bản Zalo, danh sách cần gọi
change-page-link = Liên kết dự trực tuyến đã đổi
change-call-via = (qua { $name })
change-trainers-title = Giảng viên cần gọi
minimum-note = Số người đăng ký chưa đủ để tổ chức như dự kiến.
