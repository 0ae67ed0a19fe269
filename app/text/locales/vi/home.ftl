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
home-seats-kept = { $kept } trong { $all } chỗ đang giữ cho người đăng ký trước. { $count ->
        [0] Chưa có ai chờ.
       *[other] { $count } người đang chờ.
    }
home-waiting-rule = Anh/Chị vẫn đăng ký được và vào danh sách chờ. Khi có người hủy, ai chờ trước được chỗ trước.
home-registration = Đăng ký
home-window = Từ { $from } đến { $to }
home-window-open = Đang mở, đến { $to }
home-window-approval = Đang mở, đến { $to }. Ban tổ chức duyệt từng đăng ký.
home-window-closed = Đã hết hạn lúc { $to }
home-cancelled-title = Hội thảo đã hủy
home-cancelled-text = Hội thảo này không diễn ra. Mong Anh/Chị thông cảm.
home-changed-title = Có thay đổi
register-act = Đăng ký
register-act-waiting = Đăng ký danh sách chờ
home-description = Lịch hội thảo, tập huấn của { $organizer }: thời gian, địa điểm, số chỗ còn lại và đăng ký.

list-title = Danh sách hội thảo
list-link = Tìm trong tất cả hội thảo, cả đã tổ chức
list-tabs = Thời gian
list-upcoming = Sắp tới
list-past = Đã qua
list-search = Tìm hội thảo (không cần dấu)
list-month = Tháng
list-any-month = Mọi tháng
list-any-sector = Mọi ngành
list-place = Địa bàn hoặc nơi tổ chức
list-find = Tìm
list-clear = Bỏ lọc
list-found = { $number } hội thảo
list-not-found = Không có hội thảo nào khớp. Hãy bớt điều kiện lọc, hoặc xem thẻ còn lại.
list-none-past = Chưa có hội thảo nào đã qua.
list-pages = Các trang
list-page = Trang { $number }
home-agenda = Chương trình
home-for-whom = Dành cho
home-online-hint = Địa chỉ dự trực tuyến có trên trang của người đã giữ chỗ.
home-contact = Liên hệ
home-giving-up = Tự hủy đăng ký
home-cancel-never = Không tự hủy được trên trang. Nếu không dự được, xin Anh/Chị báo ban tổ chức.
home-cancel-until = Được đến { $at }.
home-cancel-was = Đã hết hạn lúc { $at }. Nếu không dự được, xin Anh/Chị báo ban tổ chức.
home-cancel-any = Được đến khi hội thảo bắt đầu, { $at }.
