# Establishments: what each is, for the programme's breakdowns.
establishments-title = Phân loại cơ sở
establishments-lead = { $unclassified ->
    [0] Cả { $number } cơ sở đã được phân loại đủ.
   *[other] Trong { $number } cơ sở, { $unclassified } cơ sở chưa đủ loại hình, ngành hoặc loại địa điểm; các cơ sở này đứng đầu danh sách. Bảng số liệu của chương trình theo đó mà tính.
}
establishments-empty = Chưa có cơ sở nào. Cơ sở hiện ở đây khi có người đăng ký hội thảo.
establishments-search = Tìm theo tên
establishments-find = Tìm
establishments-not-found = Không có cơ sở nào có tên chứa “{ $typed }”.
establishments-show-all = Xem tất cả
establishments-more = Còn { $number } cơ sở nữa. Hãy tìm theo tên để thấy.
establishments-name = Cơ sở
establishments-registrations = Lượt đăng ký
establishments-act = Thao tác
establishments-save = Lưu
establishments-save-name = Lưu phân loại của { $name }
establishments-saved-title = Đã lưu
establishments-saved = Phân loại của { $name } đã được cập nhật.
establishments-to-programme = Xem số liệu chương trình
establishments-link = Phân loại cơ sở
establishments-unclassified-link = Phân loại các cơ sở chưa phân loại
establishments-doubtful-title = Xin xem lại mã số thuế
establishments-doubtful = Đã lưu, nhưng số kiểm tra của mã không khớp: có thể gõ nhầm một số.
