using ForensicHeads.Foundation;

namespace ForensicHeads.Media.Tests;

public sealed class FaceCropperTests : IDisposable
{
    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_clip_of_one_person_is_one_track_with_a_crop_a_frame()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var crops = new List<FaceCrop>();
        var analysis = cropper.Process(SharedData.At("data/open/real/grid_bbaf2n.mpg"), null, crops.Add, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((MediaStatus.Ok, 75, 1), (analysis.Status, analysis.FramesDecoded, analysis.Tracks.Count));
        Assert.Equal(Enumerable.Range(0, 75), crops.Select(c => c.Frame.FrameNumber));
        Assert.All(crops, c =>
        {
            Assert.Equal((256, 256), (c.Image.Width, c.Image.Height));
            // Brows in the upper half, chin in the lower, all of it inside; a tenth of the crop is for the smoothing.
            Assert.InRange((c.Landmarks[8].Y - ((c.Landmarks[19].Y + c.Landmarks[24].Y) / 2)) / 256, 0.45, 0.65);
            Assert.All(c.Landmarks.Values, v => Assert.InRange(v, 10, 245));
        });
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_workers()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var hashes = new[] { 1, 3 }.Select(workers =>
        {
            var all = new List<string>();
            cropper.Process(SharedData.At("data/open/real/grid_lbbc2a.mpg"), new FaceCropperOptions { Workers = workers, FramesPerSecond = 5 }, c => all.Add(Hashes.Of(c.Image.Pixels)), cancellation: TestContext.Current.CancellationToken);
            return all;
        }).ToArray();
        Assert.NotEmpty(hashes[0]);
        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void A_moving_head_stays_one_track_at_a_low_rate()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var path = SharedData.At("data/open/real/vox_00104.mp4");
        Assert.Single(cropper.Process(path, new FaceCropperOptions { FramesPerSecond = 5 }, cancellation: TestContext.Current.CancellationToken).Tracks);
    }

    [Fact]
    public async Task A_busy_thread_pool_loses_no_crop()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var path = SharedData.At("data/open/real/grid_bbaf2n.mpg");
        using var release = new ManualResetEventSlim();
        var blockers = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Run(release.Wait, TestContext.Current.CancellationToken)).ToArray();
        var count = 0;
        var analysis = await Task.Factory.StartNew(
            () => cropper.Process(path, new FaceCropperOptions { FramesPerSecond = 5, Workers = 1 }, _ => count++), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        release.Set();
        await Task.WhenAll(blockers);
        Assert.Equal((15, 15), (count, analysis.Tracks[0].Frames.Count));
    }

    [Fact]
    public void Two_people_side_by_side_are_two_tracks()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var real = SharedData.At("data/open/real");
        var path = files.Make("two.mp4", $"-i {real}/grid_bbaf2n.mpg -i {real}/grid_brbk7n.mpg -filter_complex [0:v][1:v]hstack -frames:v 25 -an {{}}");
        Assert.Equal([25, 25], cropper.Process(path, cancellation: TestContext.Current.CancellationToken).Tracks.Select(t => t.Frames.Count));
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(5, 15)]
    public void A_cut_from_one_person_to_another_before_the_same_backdrop_splits(double rate, int cut)
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var real = SharedData.At("data/open/real");
        var path = files.Make("cut.mp4", $"-t 0.6 -i {real}/grid_bbaf2n.mpg -t 0.6 -i {real}/grid_brbk7n.mpg -filter_complex [0:v][1:v]concat=n=2:v=1:a=0 -an {{}}");
        var tracks = cropper.Process(path, new FaceCropperOptions { FramesPerSecond = rate }, cancellation: TestContext.Current.CancellationToken).Tracks;
        Assert.Equal(2, tracks.Count);
        Assert.True(tracks[0].Frames[^1].FrameNumber < cut && tracks[1].Frames[0].FrameNumber >= cut);
    }

    [Fact]
    public void A_video_without_a_face_is_rejected_with_a_reason()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var analysis = cropper.Process(files.Video(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((MediaStatus.Rejected, "no face was found in 50 frames"), (analysis.Status, analysis.Reason));
        Assert.Equal([new FrameRun(0, 49, 50)], analysis.WithoutFace);
    }

    [Fact]
    public void A_rotated_video_is_followed_upright()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        files.Make("lying.mp4", $"-i {SharedData.At("data/open/real/grid_bbaf2n.mpg")} -frames:v 15 -an -vf transpose=2 {{}}");
        var upright = files.Make("upright.mp4", "-i {dir}/lying.mp4 -c copy -metadata:s:v:0 rotate=90 {}");
        var other = files.Make("other.mp4", "-i {dir}/lying.mp4 -c copy -metadata:s:v:0 rotate=270 {}");
        Assert.Contains(new[] { upright, other }, path => cropper.Process(path, cancellation: TestContext.Current.CancellationToken).Tracks is [{ Frames.Count: 15 }]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 500)]
    public void A_tiny_photo_is_rejected_for_want_of_a_face(int width, int height)
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var analysis = cropper.Process(files.Write("tiny.png", ImageCodec.EncodePng(new RgbImage(width, height))), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((MediaStatus.Rejected, "no face was found"), (analysis.Status, analysis.Reason));
    }

    [Fact]
    public void A_face_that_is_too_small_is_named_as_such()
    {
        using var cropper = FaceCropper.Load(SharedData.Models);
        var path = files.Make("small.png", $"-i {SharedData.At("data/open/stills/london/001_03.jpg")} -vf scale=64:64 {{}}");
        Assert.Matches(
            @"^only faces smaller than 24 pixels from chin to brows were found, the largest of (1\d|2[0-4]) \(MinFaceHeight\)$",
            cropper.Process(path, cancellation: TestContext.Current.CancellationToken).Reason);
    }

    [Fact]
    public void Landmarks_agree_with_hand_placed_points()
    {
        // iBUG point and the number of the hand-placed one: eye corners, nose base, mouth corners.
        (int Ibug, int Hand)[] pairs = [(36, 18), (39, 22), (42, 23), (45, 27), (33, 55), (48, 87), (54, 93)];
        using var detector = new RfbFaceDetector(SharedData.Models);
        using var landmarks = new OpenSeeFaceLandmarks(SharedData.Models);
        var errors = new List<float>();
        foreach (var photo in Directory.GetFiles(SharedData.At("data/open/stills/london"), "*_03.jpg").Order().Take(10))
        {
            var image = PhotoReader.Read(photo, cancellation: TestContext.Current.CancellationToken).Image;
            var found = landmarks.Locate(image, Assert.Single(detector.Detect(image))).Points;
            var numbers = File.ReadAllText(Path.ChangeExtension(photo, ".tem")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Skip(1).Select(t => float.Parse(t, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var eyes = MathF.Sqrt(MathF.Pow(numbers[2 * 27] - numbers[2 * 18], 2) + MathF.Pow(numbers[(2 * 27) + 1] - numbers[(2 * 18) + 1], 2));
            errors.AddRange(pairs.Select(p =>
                MathF.Sqrt(MathF.Pow(found[p.Ibug].X - numbers[2 * p.Hand], 2) + MathF.Pow(found[p.Ibug].Y - numbers[(2 * p.Hand) + 1], 2)) / eyes));
        }

        // Share of the outer-eye distance; 0.018 was measured on all 39.
        Assert.InRange(errors.Average(), 0.005, 0.025);
    }
}
