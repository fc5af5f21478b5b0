using Microsoft.Extensions.Time.Testing;

namespace ForensicHeads.Media.Tests.Decode;

public sealed class VideoDecoderTests : IDisposable
{
    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    internal static (List<VideoFrame> Frames, DecodeOutcome Outcome) Drain(string path, MediaLimits? limits = null)
    {
        using var decoder = new VideoDecoder(MediaProbe.Inspect(path, limits), limits);
        var frames = new List<VideoFrame>();
        while (decoder.Next() is { } frame) frames.Add(frame);
        return (frames, decoder.Outcome!);
    }

    [Theory]
    [InlineData("a.mp4", "")]
    [InlineData("a.mpg", "-c:v mpeg1video")]
    [InlineData("a.avi", "-c:v mpeg4")]
    [InlineData("a.mkv", "")]
    [InlineData("a.mov", "")]
    public void Every_frame_of_a_whole_video_comes_out_with_its_time(string name, string codec)
    {
        var (frames, outcome) = Drain(files.Video(name, codec));
        Assert.Equal(new DecodeOutcome(MediaStatus.Ok, null, 50), outcome);
        Assert.Equal(Enumerable.Range(0, 50), frames.Select(f => f.Number));
        // Mpeg program streams begin at half a second; the spacing counts. A millisecond for the container's rounding.
        for (var i = 1; i < 50; i++) Assert.Equal(0.04, frames[i].TimeS - frames[i - 1].TimeS, 0.0011);
    }

    [Fact]
    public void The_file_is_left_as_it_was_and_its_hash_is_of_its_bytes()
    {
        var path = files.Video();
        var (before, time) = (File.ReadAllBytes(path), File.GetLastWriteTimeUtc(path));
        Drain(path);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(time, File.GetLastWriteTimeUtc(path));
        Assert.Equal(Hashes.Of(before), MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken).Sha256);
    }

    [Fact]
    public void A_lower_rate_keeps_frame_numbers_and_never_repeats()
    {
        var sampler = new FrameSampler(5);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 5 * i),
            Drain(files.Video()).Frames.Where(frame => sampler.Keeps(frame.TimeS)).Select(frame => frame.Number));
    }

    [Fact]
    public void A_rotation_in_the_metadata_is_applied()
    {
        // Left half white, right half black; turned by a quarter, white is at the top or at the bottom.
        files.Make("flat.mp4", "-f lavfi -i color=white:size=80x60:rate=5:duration=1 -vf pad=160:60:0:0:black -pix_fmt yuv420p {}");
        var path = files.Make("turned.mp4", "-i {dir}/flat.mp4 -c copy -metadata:s:v:0 rotate=90 {}");
        var facts = MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((60, 160), (facts.Width, facts.Height));
        Assert.Contains(facts.Rotation, new[] { 90, 270 });
        var image = Drain(path).Frames[0].Image;
        Assert.Equal((60, 160), (image.Width, image.Height));
        var (top, bottom) = facts.Rotation == 90 ? (255, 0) : (0, 255);
        // Eight grey levels for the codec.
        Assert.Equal(top, image[30, 20][0], 8.0);
        Assert.Equal(bottom, image[30, 140][0], 8.0);
    }

    [Fact]
    public void A_variable_rate_keeps_the_times()
    {
        var path = files.Make("vfr.mkv",
            "-f lavfi -i testsrc2=size=64x48:rate=25:duration=2 -vf select='not(mod(n\\,5))+lt(n\\,10)' -fps_mode vfr -pix_fmt yuv420p {}");
        var times = Drain(path).Frames.Select(f => f.TimeS).ToArray();
        Assert.Equal(18, times.Length);
        Assert.Equal(0.04, times[1] - times[0], 0.0011);
        Assert.Equal(0.2, times[^1] - times[^2], 0.0011);
    }

    [Fact]
    public void An_animated_gif_is_a_video()
    {
        var (frames, outcome) = Drain(files.Make("a.gif", "-f lavfi -i testsrc2=size=32x32:rate=10:duration=1 {}"));
        Assert.Equal((10, MediaStatus.Ok), (frames.Count, outcome.Status));
    }

    [Fact]
    public void A_time_limit_stops_the_decoder()
    {
        var path = files.Make("long.mp4", "-f lavfi -i testsrc2=size=320x240:rate=25:duration=20 -preset ultrafast -pix_fmt yuv420p {}");
        var (limits, clock) = (new MediaLimits { TimeLimit = TimeSpan.FromSeconds(1) }, new FakeTimeProvider());
        var facts = MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);
        using var decoder = new VideoDecoder(facts, limits, clock: clock, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, decoder.Next()!.Number);
        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(1, decoder.Next()!.Number);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        while (decoder.Next() is not null) { }
        Assert.Equal(MediaStatus.Partial, decoder.Outcome!.Status);
        Assert.StartsWith("decoding took more than 1 s and was stopped (TimeLimit)", decoder.Outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_decode()
    {
        using var stop = new CancellationTokenSource();
        using var decoder = new VideoDecoder(MediaProbe.Inspect(files.Video(), cancellation: TestContext.Current.CancellationToken),
            cancellation: stop.Token);
        Assert.Equal(0, decoder.Next()!.Number);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => { while (decoder.Next() is not null) { } });
    }

    [Fact]
    public void The_same_frames_give_the_same_mp4_and_colours_survive_the_round_trip()
    {
        RgbImage[] frames = [Flat(200, 60, 40), Flat(40, 180, 60), Flat(30, 60, 220)];
        foreach (var name in new[] { "a.mp4", "b.mp4" })
        {
            using var encoder = new VideoEncoder(files[name], 64, 48, cancellation: TestContext.Current.CancellationToken);
            foreach (var frame in frames) encoder.Write(frame);
            encoder.Complete();
        }

        Assert.Equal(Hashes.OfFile(files["a.mp4"]), Hashes.OfFile(files["b.mp4"]));
        var decoded = CodedFrames.Of(frames, cancellation: TestContext.Current.CancellationToken);
        // Three levels: 8-bit YUV and the codec at crf 18.
        for (var i = 0; i < 3; i++) for (var c = 0; c < 3; c++) Assert.Equal(frames[i][32, 24][c], decoded[i][32, 24][c], 3.0);
    }

    [Fact]
    public void An_encode_that_is_not_completed_leaves_nothing()
    {
        using (var encoder = new VideoEncoder(files["a.mp4"], 64, 48, cancellation: TestContext.Current.CancellationToken)) encoder.Write(
            Flat(1, 2, 3));
        Assert.Empty(Directory.GetFiles(files.Path));
    }

    private static RgbImage Flat(byte r, byte g, byte b)
    {
        var image = new RgbImage(64, 48);
        for (var i = 0; i < image.Pixels.Length; i += 3) (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (r, g, b);
        return image;
    }
}
