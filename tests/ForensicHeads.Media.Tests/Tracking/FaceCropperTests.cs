using System.Globalization;

namespace ForensicHeads.Media.Tests.Tracking;

/// <summary>Heads whose places are known: what the cropper makes of a finder's answers, without the finder's errors.</summary>
public sealed class FaceCropperTests : IDisposable
{
    private const int Side = 160;
    private static readonly ProceduralVideo Ann = ScriptedFaces.Person(0);
    private static readonly ProceduralVideo Bob = ScriptedFaces.Person(1);
    private readonly TestFolder files = new();
    private readonly ScriptedFaces faces = new();
    private readonly FaceCropper cropper;

    public FaceCropperTests() => cropper = faces.Cropper();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        cropper.Dispose();
        files.Dispose();
    }

    [Fact]
    public void A_clip_of_one_person_is_one_track_with_a_crop_a_frame()
    {
        var drawn = new List<RgbImage>();
        var path = faces.Film(files["one.mp4"], 40, i =>
        {
            drawn.Add(One(Ann, i, 60 + i));
            return drawn[^1];
        });
        var crops = new List<FaceCrop>();
        var analysis = cropper.Process(path, null, crops.Add, cancellation: Cancellation);
        Assert.Equal((MediaStatus.Ok, 40, 40, 1),
            (analysis.Status, analysis.FramesDecoded, analysis.FramesAnalysed, analysis.Tracks.Count));
        Assert.Empty(analysis.WithoutFace);
        Assert.Equal(Enumerable.Range(0, 40), crops.Select(c => c.Frame.FrameNumber));
        Assert.All(crops, c =>
        {
            var (points, window) = (faces.Script[c.Frame.FrameNumber][0], c.Frame.Crop);
            Assert.Equal(points.Values, c.Frame.Landmarks.Values);
            Assert.Equal(ScriptedFaces.Confidence, c.Frame.Confidence);
            // Pixel centres lie at integers. A thousandth of a pixel for float32.
            for (var i = 0; i < Landmarks68.Count; i++)
            {
                Assert.Equal(((points[i].X + 0.5 - window.X) * 256 / window.Size) - 0.5, c.Landmarks[i].X, 1e-3);
                Assert.Equal(((points[i].Y + 0.5 - window.Y) * 256 / window.Size) - 0.5, c.Landmarks[i].Y, 1e-3);
            }

            // The framing that the options promise; a tenth of the crop is for the smoothing.
            var (brow, chin) = ((c.Landmarks[19].Y + c.Landmarks[24].Y) / 2, c.Landmarks[8].Y);
            Assert.Equal(0.55, (chin - brow) / 256, 0.05);
            Assert.Equal(0.56, (chin + brow) / 512, 0.05);
            // Grey levels on average, for the codec.
            var expected = window.Cut(drawn[c.Frame.FrameNumber], 256);
            Assert.InRange(c.Image.Pixels.Zip(expected.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, 4);
        });
    }

    [Fact]
    public void Memory_is_given_back_over_many_short_clips_as_over_a_long_one()
    {
        var path = faces.Film(files["one.mp4"], 20, i => One(Ann, i, 60 + i));
        var times = 0;
        using var other = new FaceCropper(faces) { LetGo = () => times++ };
        for (var clip = 1; clip <= 5; clip++)
        {
            other.Process(path, null, _ => { }, cancellation: Cancellation);
            // Both passes count.
            Assert.Equal(clip * 40 / 64, times);
        }
    }

    [Fact]
    public void Patches_are_the_files_own_pixels_on_its_grid_of_eight()
    {
        var path = faces.Film(files["one.mp4"], 5, i => One(Ann, i, 60 + i));
        using var decoder = new VideoDecoder(MediaProbe.Inspect(path, new MediaLimits(), Cancellation), new MediaLimits());
        var frames = new List<RgbImage>();
        while (decoder.Next() is { } frame) frames.Add(new RgbImage(frame.Image.Width, frame.Image.Height, [.. frame.Image.Pixels]));
        var options = new FaceCropperOptions { Size = 64, Patches = true };
        var crops = new List<FaceCrop>();
        cropper.Process(path, options, crop => crops.Add(crop with
        {
            Image = new RgbImage(64, 64, [.. crop.Image.Pixels]),
        }), cancellation: Cancellation);
        Assert.Equal(5, crops.Count);
        foreach (var crop in crops)
        {
            var (source, face) = (frames[crop.Frame.FrameNumber], crop.Frame.Landmarks);
            (double X, double Y)[] middles =
                [face[30], face[3], face[13], ((face[66].X + face[8].X) / 2, (face[66].Y + face[8].Y) / 2)];
            for (var patch = 0; patch < 4; patch++)
            {
                var (left, top) = (8 * (int)Math.Floor(((middles[patch].X - 16) / 8) + 0.5),
                    8 * (int)Math.Floor(((middles[patch].Y - 16) / 8) + 0.5));
                for (var y = 0; y < 32; y++)
                    for (var x = 0; x < 32; x++)
                        Assert.Equal(
                            source[Math.Clamp(left + x, 0, source.Width - 1), Math.Clamp(top + y, 0, source.Height - 1)].ToArray(),
                            crop.Image[(32 * (patch % 2)) + x, (32 * (patch / 2)) + y].ToArray());
            }
        }

        Assert.Contains("even one", Assert.Throws<UserErrorException>((options with { Size = 65 }).Validate).Message,
            StringComparison.Ordinal);
        Assert.Equal(options, CropRule.Of(Ingestor.CropText(options), 64));
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_workers()
    {
        var path = faces.Film(files["one.mp4"], 20, i => One(Ann, i, 80));
        var hashes = new[] { 1, 3 }.Select(workers =>
        {
            var all = new List<string>();
            var options = new FaceCropperOptions { Workers = workers, FramesPerSecond = 5 };
            cropper.Process(path, options, c => all.Add(Hashes.Of(c.Image.Pixels)), cancellation: Cancellation);
            return all;
        }).ToArray();
        Assert.Equal(4, hashes[0].Distinct().Count());
        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void The_result_does_not_depend_on_how_often_a_clip_is_decoded()
    {
        var path = faces.Film(files["one.mp4"], 20, i => One(Ann, i, 80));
        var hashes = new[] { 0, 1L << 30 }.Select(kept =>
        {
            using var other = new FaceCropper(faces) { KeptBytes = kept };
            var all = new List<string>();
            var analysis = other.Process(path, null, c => all.Add(Hashes.Of(c.Image.Pixels)), cancellation: Cancellation);
            Assert.Equal((MediaStatus.Ok, 20), (analysis.Status, analysis.FramesDecoded));
            return all;
        }).ToArray();
        Assert.Equal(20, hashes[0].Count);
        Assert.Equal(hashes[0], hashes[1]);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(4, 30)]
    [InlineData(8, 1.6)]
    [InlineData(8, 1)]
    public void Few_and_slow_frames_show_their_face(int count, double rate)
    {
        faces.Film(files["usual.mp4"], count, i => One(Ann, i, 80 + i));
        var ticks = (1 / rate).ToString(CultureInfo.InvariantCulture);
        var path = files.Make("slow.mkv", $"-i {{dir}}/usual.mp4 -vf settb=1/1000,setpts=N*{ticks}/TB -fps_mode vfr "
            + "-enc_time_base 1:1000 -c:v libx264 -crf 10 {}");
        var analysis = cropper.Process(path, cancellation: Cancellation);
        Assert.Equal(count, Assert.Single(analysis.Tracks).Frames.Count);
        Assert.Empty(analysis.WithoutFace);
    }

    [Fact]
    public void The_reason_names_the_rule_that_left_a_face_out()
    {
        var path = faces.Film(files["flash.mp4"], 40, i => i is 20 or 21 ? One(Ann, i, 80) : faces.Draw(320, 240));
        Assert.Equal("only faces seen for less than 0.2 s were found, the longest for 0.08 s (MinTrackSeconds) in 40 frames",
            cropper.Process(path, cancellation: Cancellation).Reason);
        Assert.StartsWith("only unsure faces were found, the surest of 0.90 where 0.95 is needed (MinTrackConfidence)",
            cropper.Process(path, new FaceCropperOptions { MinTrackConfidence = 0.95 }, cancellation: Cancellation).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_moving_head_stays_one_track_at_a_low_rate()
    {
        // Fifteen pixels between two looks, of a face that is some eighty wide.
        var path = faces.Film(files["moving.mp4"], 40, i => One(Ann, i, 20 + (3 * i)));
        var track = Assert.Single(cropper.Process(path, new FaceCropperOptions { FramesPerSecond = 5 }, cancellation: Cancellation).Tracks);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => 5 * i), track.Frames.Select(f => f.FrameNumber));
    }

    [Fact]
    public async Task A_busy_thread_pool_loses_no_crop()
    {
        var path = faces.Film(files["one.mp4"], 40, i => One(Ann, i, 80));
        using var release = new ManualResetEventSlim();
        var blockers = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Run(release.Wait, Cancellation)).ToArray();
        var count = 0;
        var options = new FaceCropperOptions { FramesPerSecond = 5, Workers = 1 };
        var analysis = await Task.Factory.StartNew(
            () => cropper.Process(path, options, _ => count++),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        release.Set();
        await Task.WhenAll(blockers);
        Assert.Equal((8, 8), (count, analysis.Tracks[0].Frames.Count));
    }

    [Fact]
    public void Two_people_side_by_side_are_two_tracks()
    {
        var path = faces.Film(
            files["two.mp4"], 25, i => faces.Draw(400, 240, (Ann.Render(i, Side), 20, 40), (Bob.Render(i, Side), 220, 40)));
        var tracks = cropper.Process(path, cancellation: Cancellation).Tracks;
        Assert.Equal([25, 25], tracks.Select(t => t.Frames.Count));
        for (var person = 0; person < 2; person++)
            Assert.All(tracks[person].Frames, f => Assert.Same(faces.Script[f.FrameNumber][person], f.Landmarks));
    }

    [Theory]
    [InlineData(0, 14, 15)]
    [InlineData(5, 10, 15)]
    public void A_cut_from_one_person_to_another_in_the_same_place_splits(double rate, int last, int first)
    {
        var path = faces.Film(files["cut.mp4"], 30, i => faces.Draw(240, 240, ((i < 15 ? Ann : Bob).Render(i, 220), 10, 10)));
        var tracks = cropper.Process(path, new FaceCropperOptions { FramesPerSecond = rate }, cancellation: Cancellation).Tracks;
        Assert.Equal(2, tracks.Count);
        Assert.Equal((last, first), (tracks[0].Frames[^1].FrameNumber, tracks[1].Frames[0].FrameNumber));
    }

    [Fact]
    public void A_video_without_a_face_is_rejected_with_a_reason()
    {
        var analysis = cropper.Process(files.Video(), cancellation: Cancellation);
        Assert.Equal((MediaStatus.Rejected, "no face was found in 50 frames", true),
            (analysis.Status, analysis.Reason, analysis.IsWithoutFace));
        Assert.Equal([new FrameRun(0, 49, 50)], analysis.WithoutFace);
    }

    [Fact]
    public void Frames_without_the_face_are_told_as_runs()
    {
        var path = faces.Film(files["away.mp4"], 40, i => i is >= 10 and < 25 or 39 ? faces.Draw(320, 240) : One(Ann, i, 80));
        var analysis = cropper.Process(path, cancellation: Cancellation);
        Assert.Equal([10, 14], analysis.Tracks.Select(t => t.Frames.Count));
        Assert.Equal([new FrameRun(10, 24, 15), new FrameRun(39, 39, 1)], analysis.WithoutFace);
    }

    [Fact]
    public void A_rotated_video_is_followed_upright()
    {
        faces.Film(files["upright.mp4"], 15, i => One(Ann, i, 80));
        files.Make("lying.mp4", "-i {dir}/upright.mp4 -vf transpose=2 {}");
        var turned = new[] { 90, 270 }.Select(
            angle => files.Make($"{angle}.mp4", $"-i {{dir}}/lying.mp4 -c copy -metadata:s:v:0 rotate={angle} {{}}"));
        // Which of the two turns it upright depends on the version of ffmpeg; upside down, no number can be read.
        var found = turned.Select(path => cropper.Process(path, cancellation: Cancellation)).OrderBy(a => a.Tracks.Count).ToArray();
        Assert.Empty(found[0].Tracks);
        Assert.Equal((320, 240), (found[1].Facts!.Width, found[1].Facts!.Height));
        Assert.All(Assert.Single(found[1].Tracks).Frames, f => Assert.Same(faces.Script[f.FrameNumber][0], f.Landmarks));
        Assert.Equal(15, found[1].Tracks[0].Frames.Count);
    }

    [Fact]
    public void A_photo_gives_a_crop_of_every_face()
    {
        var path = files.Write(
            "two.png", ImageCodec.EncodePng(faces.Draw(400, 240, (Ann.Render(0, Side), 20, 40), (Bob.Render(0, Side), 220, 40))));
        var crops = new List<FaceCrop>();
        var analysis = cropper.Process(path, null, crops.Add, cancellation: Cancellation);
        Assert.Equal((MediaStatus.Ok, 1, 2), (analysis.Status, analysis.FramesDecoded, analysis.Tracks.Count));
        Assert.Equal(faces.Script[0], crops.Select(c => c.Frame.Landmarks));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 500)]
    public void A_tiny_photo_is_rejected_for_want_of_a_face(int width, int height)
    {
        var path = files.Write("tiny.png", ImageCodec.EncodePng(new RgbImage(width, height)));
        var analysis = cropper.Process(path, cancellation: Cancellation);
        Assert.Equal((MediaStatus.Rejected, "no face was found"), (analysis.Status, analysis.Reason));
    }

    [Fact]
    public void A_face_that_is_too_small_is_named_as_such()
    {
        var path = files.Write("small.png", ImageCodec.EncodePng(faces.Draw(128, 64, (Ann.Render(0, 36), 60, 20))));
        var points = faces.Script[0][0];
        var (x, y) = ((points[19].X + points[24].X) / 2, (points[19].Y + points[24].Y) / 2);
        var height = MathF.Sqrt(MathF.Pow(points[8].X - x, 2) + MathF.Pow(points[8].Y - y, 2));
        var told = height.ToString("F0", CultureInfo.InvariantCulture);
        Assert.Equal(
            $"only faces smaller than 24 pixels from chin to brows were found, the largest of {told} (MinFaceHeight)",
            cropper.Process(path, cancellation: Cancellation).Reason);
        Assert.Single(cropper.Process(path, new FaceCropperOptions { MinFaceHeight = 10 }, cancellation: Cancellation).Tracks);
    }

    private RgbImage One(ProceduralVideo person, int frame, int left) => faces.Draw(320, 240, (person.Render(frame, Side), left, 40));
}
