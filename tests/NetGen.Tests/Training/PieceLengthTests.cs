namespace NetGen.Tests.Training;

public sealed class PieceLengthTests
{
    // 64 of at most 30 were 22, 22 and 20: of 22 one of two workers took one turn of eight, the other two.
    [Theory]
    [InlineData(64, 30, 32)]
    [InlineData(100, 30, 32)]
    [InlineData(70, 40, 48)]
    [InlineData(21, 8, 7)]
    [InlineData(5, 2, 2)]
    [InlineData(17, 12, 16)]
    [InlineData(9, 40, 9)]
    public void Pieces_are_of_whole_turns_for_two_workers(int count, int longest, int length) =>
        Assert.Equal(length, Pieces.LengthOf(count, Pieces.RoundUp(longest)));

    [Fact]
    public void No_piece_is_longer_than_there_is_room_for()
    {
        for (int longest = 1; longest < 200; longest++)
        {
            int room = Pieces.RoundUp(longest);
            for (int count = 1; count < 600; count++)
            {
                int length = Pieces.LengthOf(count, room);
                Assert.InRange(length, 1, Math.Min(room, count));
            }
        }

        Assert.True(Pieces.RoundUp(Pieces.Most) >= Pieces.Most);
    }
}
