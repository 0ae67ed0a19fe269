# The public calendar and a workshop's page.
home-title = Hội thảo sắp tới
home-lead = Chọn hội thảo để xem nội dung và đăng ký.
home-empty = Hiện chưa có hội thảo nào mở đăng ký. Mời Anh/Chị quay lại sau.
home-opens = Mở đăng ký: { $at }
home-closed = Đã hết hạn đăng ký
home-seats-left = Còn { $count } chỗ
home-full = Hết chỗ, còn nhận đăng ký chờ
home-when = Thời gian
home-where = Địa điểm
home-map = Xem bản đồ
home-seats = Số chỗ
home-seats-all = { $all } chỗ
home-seats-free = Còn { $count } trong { $all } chỗ
home-seats-none = Đã hết { $all } chỗ. { $count ->
        [0] Chưa có ai chờ.
       *[other] { $count } người đang chờ.
    }
home-waiting-rule = Anh/Chị vẫn đăng ký được và vào danh sách chờ. Khi có người hủy, ai chờ trước được chỗ trước.
home-registration = Đăng ký
home-window = Từ { $from } đến { $to }
home-window-open = Đang mở, đến { $to }
home-window-closed = Đã hết hạn lúc { $to }
home-cancelled-title = Hội thảo đã hủy
home-cancelled-text = Hội thảo này không diễn ra. Mong Anh/Chị thông cảm.
home-changed-title = Có thay đổi
register-act = Đăng ký
register-act-waiting = Đăng ký danh sách chờ
