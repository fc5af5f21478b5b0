using ForensicHeads.Testing;

namespace ForensicHeads.Faces.Tests.Training;

/// <summary>Training frames in memory, in part, or read again each time.</summary>
public sealed class StoreVideosTests : IDisposable
{
    private const int Size = 32, Frames = 4;
    private readonly TestFolder folder = new();
    private readonly FrameStore store;

    public StoreVideosTests() => store = ProceduralStore.Render(
        new ProceduralOptions { Identities = 2, FirstIdentity = 700, Videos = 1, Frames = Frames, Size = Size }, folder["people"], null,
        CancellationToken.None);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_fits_is_decoded_once_and_the_rest_whenever_it_is_drawn()
    {
        const long OfOne = Size * Size * 3;
        var (all, half, none) = (Load(1 << 20), Load((3 * OfOne) + 1), Load(0));
        Assert.Equal((true, false, false), (all.IsInMemory, half.IsInMemory, none.IsInMemory));
        Assert.Equal(all.Hash, half.Hash);
        (int Video, int Frame)[] every = [.. Enumerable.Range(0, 2).SelectMany(v => Enumerable.Range(0, Frames).Select(f => (v, f)))];
        foreach (var (video, frame) in every)
        {
            Assert.Equal(all.Pixels(video, frame), half.Pixels(video, frame));
            Assert.Equal(all.Pixels(video, frame), none.Pixels(video, frame));
        }

        // Without the shards only what is in memory is left.
        Directory.Delete(Path.Combine(store.Path, "shards"), recursive: true);
        bool IsLeft(FaceVideos videos, (int Video, int Frame) at)
        {
            try
            {
                return videos.Pixels(at.Video, at.Frame).SequenceEqual(all.Pixels(at.Video, at.Frame));
            }
            catch (UserErrorException)
            {
                return false;
            }
        }

        Assert.Equal([8, 3, 0], new[] { all, half, none }.Select(videos => every.Count(at => IsLeft(videos, at))));
        Assert.All(every.Take(3), at => Assert.True(IsLeft(half, at)));
    }

    private FaceVideos Load(long budget) =>
        StoreVideos.Load(store, Size, _ => true, 0, TestContext.Current.CancellationToken, budget);
}
