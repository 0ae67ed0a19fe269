# The board of a hall.
board-arrived = have come
board-roles = By role
board-places = By establishment
board-more = { $number ->
    [one] and one more establishment
   *[other] and { $number } more establishments
}
board-provisional = Provisional figures, up to date as people come.
board-lost = The connection is lost and the figures stand still. The page connects again by itself.
board-back = Back to check-in
board-link = Live board
