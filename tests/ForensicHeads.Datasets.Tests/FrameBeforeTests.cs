namespace ForensicHeads.Datasets.Tests;

public class FrameBeforeTests
{
    [Theory]
    [InlineData(25, 5)]
    [InlineData(30, 6)]
    [InlineData(24, 5)]
    [InlineData(5, 1)]
    [InlineData(60, 12)]
    public void It_is_the_frame_a_fifth_of_a_second_before_at_any_usual_rate(int rate, int steps)
    {
        var track = Track(rate, 40);
        var before = new FrameBefore(track.Reverse());
        for (var i = 0; i < track.Length; i++)
        {
            // The first frames have one that misses the step by a little, or none.
            if (i >= steps) Assert.Same(track[i - steps], before.Of(track[i]));
            else if ((double)i / rate < FrameBefore.StepS - FrameBefore.ToleranceS) Assert.Null(before.Of(track[i]));
            else Assert.Same(track[0], before.Of(track[i]));
        }
    }

    [Fact]
    public void Another_track_a_gap_and_a_rate_that_misses_the_step_have_none()
    {
        var track = Track(25, 12);
        Assert.Null(new FrameBefore(track.Select(frame => frame with { Track = 1 })).Of(track[9]));
        Assert.Null(new FrameBefore(track.Select(frame => frame with { Origin = FrameOrigin.MadeBy("x") })).Of(track[9]));
        Assert.Null(new FrameBefore([.. track[..2], .. track[9..]]).Of(track[9]));
        var slow = Track(3, 12);
        Assert.All(slow, frame => Assert.Null(new FrameBefore(slow).Of(frame)));
    }

    private static FrameRecord[] Track(int rate, int frames) => [.. Enumerable.Range(0, frames).Select(i => new FrameRecord
    {
        Key = $"k{i}",
        Identity = "p",
        Video = "v",
        FrameNumber = i,
        TimeS = (double)i / rate,
        Landmarks = new Landmarks68(new float[136]),
    })];
}
