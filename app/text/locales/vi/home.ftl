home-title = Hội thảo sắp tới
home-lead = Hội thảo về sản xuất sạch hơn cho doanh nghiệp, hợp tác xã và hộ sản xuất. Tham dự miễn phí.
home-empty = Hiện chưa có hội thảo nào mở đăng ký. Mời anh/chị quay lại sau.
home-opens = Mở đăng ký: { $at }
home-closed = Đã hết hạn đăng ký
register-act = Đăng ký
