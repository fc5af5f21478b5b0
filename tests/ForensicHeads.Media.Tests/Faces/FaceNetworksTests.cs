using System.Globalization;

namespace ForensicHeads.Media.Tests.Faces;

/// <summary>How well the real networks do on real faces; needs their weights and footage.</summary>
/// <remarks>All else is tested with <see cref="ScriptedFaces"/>.</remarks>
public sealed class FaceNetworksTests : IDisposable
{
    private readonly FaceCropper cropper = FaceCropper.Load(SharedData.Models);
    private readonly TestFolder files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        cropper.Dispose();
        files.Dispose();
    }

    [Fact]
    public void A_person_is_found_in_every_frame_and_framed_as_asked()
    {
        var crops = new List<FaceCrop>();
        var analysis = cropper.Process(SharedData.At("data/open/real/grid_bbaf2n.mpg"), null, crops.Add, cancellation: Cancellation);
        Assert.Equal((MediaStatus.Ok, 75, 1), (analysis.Status, analysis.FramesDecoded, analysis.Tracks.Count));
        Assert.Equal(Enumerable.Range(0, 75), crops.Select(c => c.Frame.FrameNumber));
        Assert.All(crops, c =>
        {
            // Brows in the upper half, chin in the lower, all of it inside; a tenth of the crop is for the smoothing.
            Assert.Equal(0.55, (c.Landmarks[8].Y - ((c.Landmarks[19].Y + c.Landmarks[24].Y) / 2)) / 256, 0.1);
            Assert.All(c.Landmarks.Values, v => Assert.InRange(v, 10, 245));
        });
    }

    [Fact]
    public void A_moving_head_is_not_lost_at_a_low_rate()
    {
        var path = SharedData.At("data/open/real/vox_00104.mp4");
        Assert.Single(cropper.Process(path, new FaceCropperOptions { FramesPerSecond = 5 }, cancellation: Cancellation).Tracks);
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(5, 15)]
    public void Two_people_before_one_backdrop_differ_enough_to_see_the_cut(double rate, int cut)
    {
        var real = SharedData.At("data/open/real");
        var path = files.Make("cut.mp4",
            $"-t 0.6 -i {real}/grid_bbaf2n.mpg -t 0.6 -i {real}/grid_brbk7n.mpg -filter_complex [0:v][1:v]concat=n=2:v=1:a=0 -an {{}}");
        var tracks = cropper.Process(path, new FaceCropperOptions { FramesPerSecond = rate }, cancellation: Cancellation).Tracks;
        Assert.Equal(2, tracks.Count);
        Assert.True(tracks[0].Frames[^1].FrameNumber < cut && tracks[1].Frames[0].FrameNumber >= cut);
    }

    [Fact]
    public void Patterns_and_pictures_of_a_few_pixels_are_no_faces()
    {
        Assert.Equal("no face was found in 50 frames", cropper.Process(files.Video(), cancellation: Cancellation).Reason);
        foreach (var (width, height) in new[] { (1, 1), (3, 500) })
        {
            var path = files.Write("tiny.png", ImageCodec.EncodePng(new RgbImage(width, height)));
            Assert.Equal("no face was found", cropper.Process(path, cancellation: Cancellation).Reason);
        }
    }

    [Fact]
    public void A_small_face_is_still_seen_to_be_one()
    {
        var path = files.Make("small.png", $"-i {SharedData.At("data/open/stills/london/001_03.jpg")} -vf scale=64:64 {{}}");
        Assert.Matches(
            @"^only faces smaller than 24 pixels from chin to brows were found, the largest of (1\d|2[0-4]) \(MinFaceHeight\)$",
            cropper.Process(path, cancellation: Cancellation).Reason);
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
            var image = PhotoReader.Read(photo, cancellation: Cancellation).Image;
            var found = landmarks.Locate(image, Assert.Single(detector.Detect(image))).Points;
            var numbers = File.ReadAllText(Path.ChangeExtension(photo, ".tem")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Skip(1).Select(t => float.Parse(t, CultureInfo.InvariantCulture)).ToArray();
            (float X, float Y) Hand(int point) => (numbers[2 * point], numbers[(2 * point) + 1]);
            var eyes = Distance(Hand(18), Hand(27));
            errors.AddRange(pairs.Select(p => Distance(found[p.Ibug], Hand(p.Hand)) / eyes));
        }

        // Share of the outer-eye distance; 0.018 was measured on all 39.
        Assert.InRange(errors.Average(), 0.005, 0.025);
    }

    private static float Distance((float X, float Y) a, (float X, float Y) b) =>
        MathF.Sqrt(MathF.Pow(a.X - b.X, 2) + MathF.Pow(a.Y - b.Y, 2));
}
