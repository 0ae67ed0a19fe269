# The programme: figures, what waits for the organiser, settings.
programme-saved-title = Đã lưu
programme-saved = Tên chương trình, chỉ tiêu và đơn vị tổ chức đã được cập nhật.
programme-as-of = Số liệu lúc { $at }, tính từ từng lượt điểm danh.
programme-settings-link = Sửa tên chương trình, chỉ tiêu, đơn vị tổ chức
programme-empty-title = Chưa có hội thảo nào
programme-empty = Trang này sẽ cho thấy số lượt người dự so với chỉ tiêu. Việc đầu tiên là lên lịch một hội thảo.
programme-empty-reader = Trang này sẽ cho thấy số lượt người dự so với chỉ tiêu khi ban tổ chức đã lên lịch hội thảo.
programme-empty-act = Lên lịch hội thảo
programme-nobody-yet = Chưa có ai được điểm danh, nên chưa có bảng theo chức vụ, ngành, loại địa điểm và địa bàn.
programme-attendances-of = lượt người, chỉ tiêu { $target }
programme-attendances-hint = Mỗi lượt là một người được điểm danh ở một hội thảo.
programme-meter = { $came } lượt người trên chỉ tiêu { $target }, trong đó { $verified } đã xác nhận
programme-persons-of = người
programme-persons-hint = Mỗi người đếm một lần, dù dự mấy hội thảo.
programme-funnel = Từ đăng ký đến tham dự
programme-funnel-hint = Đăng ký chưa phải là dự, nên không cộng vào số trên. Năm số sau cộng lại bằng số đăng ký trước.
programme-registered = Đăng ký trước
programme-attended = Tự đến dự
programme-substituted = Có người dự thay
programme-cancelled = Đã hủy
programme-no-shows = Vắng
programme-not-seated = Không có chỗ
programme-sum = { $attended } tự đến dự + { $substitutes } dự thay + { $walkins } khách ngoài danh sách = { $came } lượt người.
programme-sum-officials = { $attended } tự đến dự + { $substitutes } dự thay + { $walkins } khách ngoài danh sách = { $came }; trừ { $officials } cán bộ nhà nước = { $counted } lượt người.
programme-upcoming = Hội thảo sắp và đang diễn ra còn { $number } đăng ký chưa tính ở đây.
programme-who = Ai đã dự
programme-by-role = Theo chức vụ
programme-by-sector = Theo ngành
programme-by-site = Theo loại địa điểm
programme-by-locality = Theo địa bàn
programme-attendances = Lượt người
programme-persons = Số người
programme-share = Tỷ lệ
programme-total = Tổng cộng
programme-officials = Ngoài ra có { $number } lượt cán bộ nhà nước, không tính vào chỉ tiêu.
programme-workshops = Các hội thảo
programme-workshop = Hội thảo
programme-date = Ngày giờ
programme-state = Tình trạng
programme-total-begun = Tổng cộng các hội thảo đã và đang diễn ra
programme-earlier = { $number } hội thảo trước đó
programme-others = { $number } mục khác
programme-all-workshops = Xem danh sách hội thảo
programme-unreached = Cơ sở chưa tiếp cận: { $number }
programme-unreached-none = Mọi cơ sở đã biết đều đã có người dự.
programme-unreached-more = Và { $number } cơ sở nữa.
programme-figures = Kết quả đến nay
programme-attention = Cần Anh/Chị xử lý
programme-attention-none = Không có việc nào đang chờ.
programme-need-mail = { $number } thư không gửi được
programme-need-mail-act = Xem thư lỗi
programme-need-publish-act = Hoàn thiện, công bố
programme-need-full-act = Xem danh sách chờ
programme-need-few-act = Mở hội thảo
programme-need-checkin-act = Điểm danh bù
programme-need-mail-why = Xem lý do, rồi gọi điện hoặc nhắn Zalo cho người nhận.
programme-need-publish = Bản nháp, dự kiến { $at }. Chưa ai thấy và đăng ký được.
programme-need-full = Hết { $capacity } chỗ, { $waiting ->
    [0] chưa có ai chờ
   *[other] { $waiting } người chờ
}. Có thể tăng số chỗ hoặc mở thêm một buổi.
programme-need-kept = { $kept } trong { $capacity } chỗ đang giữ cho người chờ: { $waiting ->
    [0] chưa có ai chờ
   *[other] { $waiting } người chờ
}. Có thể tăng số chỗ hoặc mở thêm một buổi.
programme-need-few = { $days ->
    [0] Hôm nay diễn ra
   *[other] Còn { $days } ngày
} mà mới giữ { $booked } / { $capacity } chỗ. Nên mời thêm.
programme-need-checkin = Đã diễn ra { $at }, { $booked } người có chỗ, chưa điểm danh ai.
programme-next = Hội thảo sắp tới
programme-next-seats = { $booked } / { $capacity } chỗ đã giữ
programme-next-door = Mở trang điểm danh
programme-settings-title = Chương trình và đơn vị tổ chức
programme-settings-programme = Chương trình
programme-settings-target-hint = Số lượt người cần đạt, ví dụ 600.
programme-settings-organizer = Đơn vị tổ chức
programme-settings-organizer-hint = Tên đứng đầu mọi trang và ký dưới mọi thư.
programme-settings-email-hint = Thư trả lời của đại biểu đến địa chỉ này.
programme-settings-save = Lưu
programme-settings-back = Quay lại chương trình
programme-need-minimum = Mới có { $booked } người đăng ký, cần ít nhất { $minimum }. Bắt đầu { $at }.
programme-need-minimum-act = Quyết định
programme-need-declined = { $names } đã từ chối giảng dạy. Bắt đầu { $at }.
programme-need-materials = Quá hạn: chưa có tài liệu của { $names } (hạn sớm nhất { $by }).
programme-need-materials-act = Xem giảng viên
programme-need-declined-act = Mời người khác
programme-need-clash = Trùng lịch với hội thảo khác: { $names }. Bắt đầu { $at }.
programme-need-clash-act = Xem lịch
programme-need-group = Một nhóm { $size } người ở danh sách chờ, mà hội thảo có tất cả { $capacity } chỗ: nhóm này và những người chờ sau không bao giờ được mời nhận chỗ. Hãy thêm chỗ, hoặc gọi cho nhóm.
programme-need-requests = { $number } người chờ duyệt. Ai chưa được duyệt đến { $by } sẽ tự động không được nhận.
programme-need-requests-act = Xem và duyệt
programme-verified = { $number } đã xác nhận
programme-provisional = { $number } tạm tính
programme-provisional-more = + { $number } tạm tính
programme-of-all = Các bảng dưới đây tính cả lượt tạm tính, tức là chưa có người thứ hai ký xác nhận.
programme-to-sign = { $number } phiên chờ ký
programme-need-conflicts = { $number } lượt vào cửa lúc ngoại tuyến chưa xử lý
programme-need-conflicts-act = Xem và xử lý
