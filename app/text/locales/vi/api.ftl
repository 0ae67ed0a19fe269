# Lời đáp cho chương trình máy tính, và khi máy chủ từ chối trước khi xử lý.
api-token_needed = Cần token hợp lệ trong tiêu đề "Authorization: Bearer …". Hãy xin người quản trị một token.
api-forbidden = Token này không được làm việc này. Hãy dùng token có vai trò khác.
api-not_found = Không có gì ở địa chỉ này, hoặc token này không được xem.
api-malformed_json = Nội dung gửi lên không phải JSON hợp lệ. Hãy kiểm tra dấu ngoặc, dấu phẩy và bảng mã UTF-8.
api-wrong_type = Giá trị sai kiểu. Hãy xem kiểu đúng tại /api/docs.
api-unsupported_media_type = Hãy gửi JSON với tiêu đề "Content-Type: application/json".
api-payload_too_large = Nội dung gửi lên lớn quá mức cho phép. Hãy giảm bớt rồi gửi lại.
api-method_not_allowed = Địa chỉ này không nhận phương thức đó. Tiêu đề "Allow" cho biết các phương thức được nhận.
api-cross_site = Yêu cầu đến từ một trang khác nên không được nhận. Hãy mở lại biểu mẫu trên trang này rồi gửi.
api-overloaded = Máy chủ đang bận. Hãy thử lại sau ít phút.
api-not_understood = Máy chủ không hiểu yêu cầu này. Hãy kiểm tra lại rồi gửi.
