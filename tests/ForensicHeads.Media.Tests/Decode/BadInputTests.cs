namespace ForensicHeads.Media.Tests.Decode;

public sealed class BadInputTests : IDisposable
{
    private readonly TestFolder files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public void An_empty_file_is_refused() => Assert.Equal("the file is empty (0 bytes)", Reason(files.Write("a.mp4", "")));

    [Fact]
    public void A_missing_file_is_refused() => Assert.StartsWith("cannot be read: ", Reason(files["none.mp4"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")]
    [InlineData("ffconcat version 1.0\nfile '/etc/passwd'\n")]
    [InlineData("plain text")]
    public void A_playlist_named_mp4_is_refused(string text) => Assert.Equal(
        "not a known container by its first bytes; known are mp4/mov/3gp, mpg/vob, ts/m2ts, avi, mkv/webm, flv, gif, png/apng, jpg/jfif, "
        + "bmp, webp, tiff, avif, pgm/ppm",
        Reason(files.Write("list.mp4", text)));

    [Fact]
    public void A_playlist_behind_an_mp4_head_opens_no_other_file()
    {
        byte[] head = [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0];
        var path = files.Write("list.mp4", [.. head, .. "\n#EXTM3U\n#EXTINF:1,\nother.mp4\n"u8]);
        files.Video("other.mp4");
        Assert.StartsWith("its headers cannot be read as mp4", Reason(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_extension_does_not_matter()
    {
        var path = files.Video();
        File.Move(path, files["video.jpg"]);
        var facts = MediaProbe.Inspect(files["video.jpg"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(("mp4", "h264", 160, 120, 50L), (facts.Container, facts.Codec, facts.Width, facts.Height, facts.DeclaredFrames));
        Assert.False(facts.IsPhoto);
    }

    [Fact]
    public void A_file_without_a_video_stream_is_refused() => Assert.Equal(
        "no video stream", Reason(files.Make("sound.mp4", "-f lavfi -i sine=duration=1 {}")));

    [Fact]
    public void A_cut_mp4_without_its_index_is_refused()
    {
        var bytes = File.ReadAllBytes(files.Video());
        Assert.Contains("moov atom not found", Reason(files.Write("cut.mp4", bytes[..(bytes.Length / 2)])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_mp4_with_its_index_in_front_is_partial_though_the_decoder_ends_with_code_0()
    {
        var bytes = File.ReadAllBytes(files.Video("whole.mp4", "-movflags +faststart"));
        var outcome = VideoDecoderTests.Drain(files.Write("cut.mp4", bytes[..(bytes.Length * 6 / 10)])).Outcome;
        Assert.Equal(MediaStatus.Partial, outcome.Status);
        Assert.Matches("^[0-9]+ frames came out of [0-9]+ packets that are to be shown.*; the container claims 50$", outcome.Reason);
        Assert.InRange(outcome.FramesDecoded, 5, 45);
    }

    [Fact]
    public void Flipped_bits_are_partial()
    {
        var bytes = File.ReadAllBytes(files.Video("whole.mp4", "-movflags +faststart -bf 0"));
        var random = new Random(7);
        for (var i = 0; i < 200; i++) bytes[random.Next(bytes.Length / 3, bytes.Length)] ^= (byte)(1 << random.Next(8));
        var outcome = VideoDecoderTests.Drain(files.Write("flipped.mp4", bytes)).Outcome;
        Assert.Equal(MediaStatus.Partial, outcome.Status);
        Assert.Matches("packets that are to be shown|damaged data", outcome.Reason);
    }

    [Fact]
    public void Frames_larger_than_allowed_are_refused_before_they_are_decoded()
    {
        var path = files.Make("large.mp4", "-f lavfi -i color=size=640x480:rate=25:duration=0.2 {}");
        Assert.Equal(
            "its frames have 640×480 pixels; at most 300000 pixels are allowed (MaxPixels)",
            Reason(path, new MediaLimits { MaxPixels = 300_000 }));
    }

    [Fact]
    public void Too_many_frames_seconds_or_bytes_are_refused_before_they_are_decoded()
    {
        var path = files.Video();
        Assert.Equal("it declares 50 frames; at most 49 are allowed (MaxFrames)", Reason(path, new MediaLimits { MaxFrames = 49 }));
        Assert.Equal("it lasts 2 s; at most 1.5 s are allowed (MaxSeconds)", Reason(path, new MediaLimits { MaxSeconds = 1.5 }));
        Assert.Contains("at most 100 are allowed (MaxBytes)", Reason(path, new MediaLimits { MaxBytes = 100 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_png_header_of_30000_by_30000_pixels_is_refused_before_it_is_decoded()
    {
        byte[] png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal("its frames have 30000×30000 pixels; at most 64000000 pixels are allowed (MaxPixels)",
            Reason(files.Write("bomb.png", png)));
    }

    [Fact]
    public void An_H264_clip_of_8192_by_8192_pixels_is_refused_before_it_is_decoded()
    {
        var path = files.Make("bomb.mp4",
            "-f lavfi -i color=black:size=8192x8192:rate=1:duration=1 -frames:v 1 -preset ultrafast -pix_fmt yuv420p {}");
        Assert.InRange(new FileInfo(path).Length, 1, 1_000_000);
        Assert.Equal("its frames have 8192×8192 pixels; at most 64000000 pixels are allowed (MaxPixels)", Reason(path));
    }

    [Fact]
    public void A_decoder_that_wants_more_memory_than_allowed_fails_and_the_file_with_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory is bounded on Linux alone");
        var path =
            files.Make("large.mkv", "-f lavfi -i color=black:size=6000x6000:rate=5:duration=1 -preset ultrafast -pix_fmt yuv420p {}");
        var facts = MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);
        // Pictures of 54 MB, and of 108 MB as RGB, beside a program of some hundred.
        using var decoder =
            new VideoDecoder(facts, new MediaLimits { MaxMemory = 256L << 20 }, cancellation: TestContext.Current.CancellationToken);
        while (decoder.Next() is { } frame) decoder.Recycle(frame);
        Assert.NotEqual(MediaStatus.Ok, decoder.Outcome!.Status);
        Assert.NotEmpty(decoder.Outcome.Reason!);
        Assert.Equal(MediaStatus.Ok, VideoDecoderTests.Drain(path).Outcome.Status);
    }

    [Fact]
    public void A_photo_that_wants_more_memory_than_allowed_is_refused_and_the_next_one_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory is bounded on Linux alone");
        var large = MediaProbe.Inspect(files.Make("large.png", "-f lavfi -i color=black:size=8000x7900 -frames:v 1 {}"),
            cancellation: TestContext.Current.CancellationToken);
        var small = MediaProbe.Inspect(files.Write("small.png", ImageCodec.EncodePng(new Foundation.RgbImage(8, 6))),
            cancellation: TestContext.Current.CancellationToken);
        using var worker = new PhotoWorker();
        var limits = new MediaLimits { MaxMemory = 256L << 20 };
        Assert.Matches("Failed to allocate|wanted more memory than allowed",
            Assert.Throws<MediaRejectedException>(() => PhotoReader.Decode(large, worker, limits, Cancellation)).Message);
        Assert.Equal(8, PhotoReader.Decode(small, worker, limits, Cancellation).Image.Width);

        Assert.Equal(8000, PhotoReader.Read(large.Path, cancellation: TestContext.Current.CancellationToken).Image.Width);
    }

    [Fact]
    public void A_photo_whose_decoder_crashes_is_refused_and_the_next_one_read()
    {
        var photo = MediaProbe.Inspect(files.Write("small.png", ImageCodec.EncodePng(new Foundation.RgbImage(8, 6))),
            cancellation: TestContext.Current.CancellationToken);
        using var worker = new PhotoWorker();
        Assert.Equal(8, PhotoReader.Decode(photo, worker, new MediaLimits(), Cancellation).Image.Width);
        using (var child = System.Diagnostics.Process.GetProcessById(worker.ProcessId!.Value)) child.Kill();
        Assert.Equal("the png decoder failed on it, or wanted more memory than allowed (MaxMemory)",
            Assert.Throws<MediaRejectedException>(() => PhotoReader.Decode(photo, worker, new MediaLimits(), Cancellation)).Message);
        Assert.Equal(6, PhotoReader.Decode(photo, worker, new MediaLimits(), Cancellation).Image.Height);
    }

    [Fact]
    public void An_archive_named_mp4_is_refused()
    {
        byte[] bomb = [.. "PK\x03\x04"u8, .. new byte[60]];
        Assert.StartsWith("not a known container by its first bytes", Reason(files.Write("bomb.mp4", bomb)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutated_file_gives_frames_or_a_reason_and_never_hangs()
    {
        var seed = File.ReadAllBytes(files.Make(
            "seed.mp4", "-f lavfi -i testsrc2=size=64x48:rate=10:duration=0.8 -pix_fmt yuv420p -movflags +faststart {}"));
        var random = new Random(1);
        var limits = new MediaLimits { TimeLimit = TimeSpan.FromSeconds(10), MaxPixels = 1_000_000, MaxFrames = 1000 };
        for (var i = 0; i < 40; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var k = random.Next(1, 20); k > 0; k--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var path = files.Write("mutant.mp4", random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                var outcome = VideoDecoderTests.Drain(path, limits).Outcome;
                Assert.True(outcome.Status == MediaStatus.Ok || outcome.Reason is { Length: > 0 }, $"mutant {i} has no reason");
            }
            catch (MediaRejectedException refusal)
            {
                Assert.DoesNotContain('\n', refusal.Message);
            }
        }
    }

    private static string Reason(string path, MediaLimits? limits = null) =>
        Assert.Throws<MediaRejectedException>(() => MediaProbe.Inspect(path, limits)).Message;
}
