# The register of what was handed to establishments.
distribution-title = Sổ phân phát tài liệu
distribution-lead = Tài liệu nào đã đến cơ sở nào, bằng cách nào, ngày nào. Thư gửi tài liệu sau hội thảo tự vào sổ.
distribution-enter = Ghi phân phát
distribution-empty = Sổ chưa có dòng nào. Ghi tài liệu đã phát khi đi cơ sở, gửi Zalo hay phát bản in.
distribution-empty-reader = Sổ chưa có dòng nào.
distribution-not-found = Không có dòng nào khớp. Hãy bớt điều kiện lọc.
distribution-found = { $entries } dòng, { $establishments } cơ sở
distribution-first = Hiện { $number } dòng mới nhất. Tải tệp về để xem tất cả.
distribution-any-material = Mọi tài liệu
distribution-any-channel = Mọi cách
distribution-by = Ghi nhận
distribution-by-mails = Thư tới { $number } người
distribution-undo = Rút lại
distribution-undo-all = Rút lại lần ghi này
distribution-entered = Đã ghi { $new } cơ sở vào sổ
distribution-entered-some = Đã ghi { $new } cơ sở; { $stood } đã có trong sổ
distribution-stood =
    { $stood ->
        [1] Cơ sở này đã có trong sổ, nên không ghi thêm
       *[other] Cả { $stood } cơ sở đã có trong sổ, nên không ghi thêm
    }
distribution-undone = Đã rút lại
distribution-establishment = Cơ sở
distribution-shared = Tài liệu chung
distribution-withdrawn = { $document } (đã gỡ)
distribution-export = Tải về (CSV)
distribution-choose = Chọn tài liệu
distribution-find = Tìm cơ sở (không cần dấu)
distribution-to = Cơ sở đã nhận
distribution-unseen = Đã chọn thêm { $number } cơ sở ngoài danh sách đang tìm.
distribution-nobody = Không có cơ sở nào khớp.
distribution-save = Ghi vào sổ
