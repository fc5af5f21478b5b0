namespace ForensicHeads.Media.Tests.Decode;

/// <summary>When a frame is shown, and what counts as damage.</summary>
public sealed class TimeAndDamageTests : IDisposable
{
    private const string Source = "-f lavfi -i testsrc2=size=64x48:rate=10:duration=2";
    private const string X264 = "-c:v libx264 -preset veryfast -pix_fmt yuv420p";
    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("late.mkv", "-output_ts_offset 37.5")]
    [InlineData("very-late.mkv", "-output_ts_offset 15000")]
    [InlineData("late.mp4", "-output_ts_offset 37.5")]
    [InlineData("late.ts", "-output_ts_offset 15000")]
    [InlineData("delayed.mp4", "-bf 3")]
    [InlineData("negative.mp4", "-output_ts_offset -0.5 -avoid_negative_ts disabled", 15)]
    public void Wherever_a_file_begins_to_count_the_first_frame_is_at_0(string name, string how, int count = 20)
    {
        var path = files.Make(name, $"{Source} {X264} {how} {{}}");
        var facts = Facts(path);
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal(new DecodeOutcome(MediaStatus.Ok, null, count), outcome);
        // A millisecond for the container's rounding.
        Assert.All(frames, frame => Assert.Equal(frame.Number / 10.0, frame.TimeS, 0.0011));
        Assert.Equal(count, facts.PresentablePackets);
        Assert.Equal(count / 10.0, facts.Seconds, 0.02);
        Assert.Equal(10, facts.FrameRate, 0.1);
    }

    [Fact]
    public void What_an_edit_list_hides_is_neither_shown_nor_missed()
    {
        files.Make("whole.mp4", $"{Source} {X264} -g 100 -bf 2 {{}}");
        var path = files.Make("cut.mp4", "-ss 0.7 -i {dir}/whole.mp4 -c copy {}");
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal((MediaStatus.Ok, (string?)null), (outcome.Status, outcome.Reason));
        Assert.InRange(frames.Count, 12, 14);
        Assert.Equal(0, frames[0].TimeS);
        var facts = Facts(path);
        Assert.Equal((20, (long)frames.Count), (facts.DeclaredFrames, facts.PresentablePackets));
    }

    [Fact]
    public void Longer_sound_is_no_damage()
    {
        files.Make("video.mp4", $"{Source} {X264} {{}}");
        var path = files.Make("a.mkv", "-i {dir}/video.mp4 -f lavfi -i sine=d=9 -map 0:v -map 1:a -c:v copy -c:a libvorbis {}");
        Assert.Equal(new DecodeOutcome(MediaStatus.Ok, null, 20), VideoDecoderTests.Drain(path).Outcome);
        Assert.Equal(2, Facts(path).Seconds, 0.02);
    }

    [Theory]
    [InlineData("a.mp4", "-video_track_timescale 90000")]
    [InlineData("a.mkv", "")]
    [InlineData("a.webm", "-c:v libvpx -b:v 1M -auto-alt-ref 1 -lag-in-frames 16")]
    public void A_variable_rate_is_no_damage_and_keeps_its_times(string name, string how)
    {
        var codec = how.Contains("libvpx", StringComparison.Ordinal) ? "-pix_fmt yuv420p" : X264;
        var path = files.Make(name, $"{Source} -vf settb=1/1000,setpts='if(lt(N\\,10)\\,N*0.033\\,0.33+(N-10)*0.25)/TB' "
            + $"-fps_mode vfr -enc_time_base 1:1000 {codec} {how} {{}}");
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal(new DecodeOutcome(MediaStatus.Ok, null, 20), outcome);
        Assert.All(frames, f => Assert.Equal(f.Number < 10 ? f.Number * 0.033 : 0.33 + ((f.Number - 10) * 0.25), f.TimeS, 0.06));
        Assert.Equal(0.25, frames[^1].TimeS - frames[^2].TimeS, 0.06);
    }

    [Fact]
    public void Equal_time_stamps_are_kept()
    {
        var path = files.Make("a.mkv", $"{Source} -vf setpts='floor(N/2)*0.2/TB' -fps_mode passthrough -c:v ffv1 {{}}");
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal(new DecodeOutcome(MediaStatus.Ok, null, 20), outcome);
        Assert.All(frames, frame => Assert.Equal(frame.Number / 2 * 0.2, frame.TimeS, 0.0011));
    }

    [Fact]
    public void A_wrong_header_changes_nothing()
    {
        var path = files.Make("a.avi", $"{Source} -c:v mpeg4 {{}}");
        var bytes = File.ReadAllBytes(path);
        // Frames in all, of the main header and of the stream: behind "avih" at 16 + 8, behind "strh" at 32 + 8.
        foreach (var (word, place) in new[] { ("avih", 24), ("strh", 40) })
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(word)) + place), 700_000);
        files.Write("a.avi", bytes);
        Assert.Equal(new DecodeOutcome(MediaStatus.Ok, null, 20), VideoDecoderTests.Drain(path).Outcome);
        var facts = Facts(path);
        Assert.Equal((700_000, 20), (facts.DeclaredFrames, facts.PresentablePackets));
        Assert.Equal(2, facts.Seconds, 0.02);
    }

    [Theory]
    [InlineData("a.mkv")]
    [InlineData("a.avi")]
    [InlineData("a.ts")]
    [InlineData("a.mp4")]
    public void A_file_cut_in_a_picture_is_partial(string name)
    {
        var bytes = File.ReadAllBytes(files.Make("whole" + name,
            $"-f lavfi -i testsrc2=size=320x240:rate=10:duration=2,noise=alls=40 {X264} -bf 0 -g 5 "
            + (name == "a.mp4" ? "-movflags +faststart {}" : "{}")));
        var (_, outcome) = VideoDecoderTests.Drain(files.Write(name, bytes[..(bytes.Length * 6 / 10)]));
        Assert.Equal(MediaStatus.Partial, outcome.Status);
        Assert.NotEmpty(outcome.Reason!);
    }

    [Fact]
    public void Frames_are_timed_to_the_tick_in_a_long_video()
    {
        // ffmpeg prints six digits of a second; 3,000 s and a bit need more.
        var path = files.Make("long.mkv", "-f lavfi -i testsrc2=size=64x48:rate=10:duration=0.4 "
            + $"-vf settb=1/1000,setpts='(N*1000+if(N\\,0.037\\,0))/TB' -fps_mode vfr -enc_time_base 1:1000 {X264} {{}}");
        Assert.Equal(3000.037, VideoDecoderTests.Drain(path).Frames[^1].TimeS, 0.0011);
    }

    private static MediaFacts Facts(string path) => MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);
}
