using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Heads;

public sealed class ShotJitterTests
{
    [Fact]
    public void Frame_and_landmarks_move_together_and_their_borders_are_continued()
    {
        using var scope = NewDisposeScope();
        // One bright pixel in both, at (2, 3) of 6×6; the frame's ground is 0.25, the landmark image's black.
        var (frames, landmarks) = (full([1, 3, 6, 6], 0.25f), full([1, 3, 6, 6], -1f));
        frames[0, 0, 3, 2] = 1;
        landmarks[0, 0, 3, 2] = 1;
        var jitter = new ShotJitter(1, 7);
        var places = new HashSet<(int X, int Y)>();
        for (var i = 0; i < 200; i++)
        {
            var (movedFrames, movedLandmarks) = jitter.Shift(frames, landmarks);
            var place = (int)movedFrames[0, 0].flatten().argmax().item<long>();
            Assert.Equal(place, (int)movedLandmarks[0, 0].flatten().argmax().item<long>());
            Assert.Equal(35, (movedFrames[0, 0] == 0.25f).sum().item<long>());
            Assert.Equal(35, (movedLandmarks[0, 0] == -1f).sum().item<long>());
            places.Add((place % 6, place / 6));
        }

        // All nine shifts of up to one pixel, and no other.
        Assert.Equal([(1, 2), (1, 3), (1, 4), (2, 2), (2, 3), (2, 4), (3, 2), (3, 3), (3, 4)], places.Order());
    }

    [Fact]
    public void No_jitter_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var (frames, landmarks) = (rand(2, 3, 6, 6), rand(2, 3, 6, 6));
        Assert.Equal((frames, landmarks), new ShotJitter(0, 1).Shift(frames, landmarks));
    }
}
