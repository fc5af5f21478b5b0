namespace ForensicHeads.Media.Tests.Tracking;

public sealed class FaceTrackerTests : IDisposable
{
    private static readonly FaceCropperOptions Options = new();
    private readonly FakeLandmarks carrier = new();
    private readonly List<VideoFrame> frames = [];

    public void Dispose() => carrier.Dispose();

    [Fact]
    public void Two_faces_are_two_tracks()
    {
        var tracks = Track(30, i => [Face(60 + i, 60), Face(200, 60)]);
        Assert.Equal([30, 30], tracks.Select(t => t.Count));
        Assert.All(tracks[0].Zip(tracks[0].Skip(1)), pair => Assert.InRange(pair.Second.Face.Box.X - pair.First.Face.Box.X, 0.5f, 1.5f));
    }

    [Fact]
    public void A_short_gap_is_bridged_and_a_long_one_is_not()
    {
        Assert.Single(Track(40, i => i is >= 15 and < 24 ? [] : [Face(60, 60)]));
        Assert.Equal([15, 10], Track(40, i => i is >= 15 and < 30 ? [] : [Face(60, 60)]).Select(t => t.Count));
    }

    [Fact]
    public void Landmarks_carry_the_track_where_the_detector_misses()
    {
        carrier.Confidence = 0.8f;
        var track = Assert.Single(Track(40, i => i is >= 15 and < 24 ? [] : [Face(60, 60)]));
        Assert.Equal(40, track.Count);
        Assert.Equal(9, track.Count(f => f.Face.Box.Confidence == 0));
    }

    [Fact]
    public void A_cut_splits_the_track_even_if_the_face_stays_in_place() =>
        Assert.Equal([20, 20], Track(40, _ => [Face(60, 60)], i => i < 20 ? (byte)30 : (byte)200).Select(t => t.Count));

    [Fact]
    public void A_flash_of_a_face_is_left_out() => Assert.Empty(Track(40, i => i is 10 or 11 ? [Face(60, 60)] : []));

    [Fact]
    public void An_unsure_track_is_left_out() => Assert.Empty(Track(40, _ => [Face(60, 60, confidence: 0.6f)]));

    [Fact]
    public void A_track_gives_its_face_by_the_number_of_the_frame()
    {
        var track = CropSmoother.Smooth(0, Assert.Single(Track(40, i => i is >= 15 and < 24 ? [] : [Face(60 + i, 60)])), Options);
        Assert.Equal([.. Enumerable.Range(0, 15), .. Enumerable.Range(24, 16)],
            Enumerable.Range(-1, 42).Where(i => track.At(i) is { } face && face.FrameNumber == i));
    }

    [Fact]
    public void The_crop_follows_without_jitter()
    {
        var random = new SeededRandom(1, "jitter");
        var raw = Track(100, i => [Face(60 + (0.5f * i) + (float)random.Gaussian(0, 2), 60)]);
        var crops = CropSmoother.Smooth(0, raw[0], Options).Frames.Select(f => f.Crop).ToArray();
        var steps = crops.Zip(crops.Skip(1), (a, b) => b.X - a.X).ToArray();
        // The face moves half a pixel a frame with noise of two pixels: the crop may move by 0 … 2.
        Assert.All(steps, step => Assert.InRange(step, -1, 2));
        Assert.All(crops, crop => Assert.InRange(crop.Size, crops[50].Size - 1, crops[50].Size + 1));
        Assert.InRange(crops[^1].X - crops[0].X, 44, 55);
    }

    [Fact]
    public void Chin_to_brows_takes_the_asked_share_of_the_crop()
    {
        var face = Face(60, 60);
        var crop = CropSmoother.Smooth(0, [new TrackedFace(0, 0, face)], Options).Frames[0].Crop;
        Assert.Equal(0.55, face.Height / crop.Size, 0.01);
    }

    private IReadOnlyList<IReadOnlyList<TrackedFace>> Track(int count, Func<int, FoundFace[]> faces, Func<int, byte>? brightness = null)
    {
        var tracker = new FaceTracker(carrier, Options);
        for (var i = 0; i < count; i++)
        {
            var image = new RgbImage(320, 240);
            image.Pixels.AsSpan().Fill(brightness?.Invoke(i) ?? 90);
            frames.Add(new VideoFrame(i, i / 25.0, image));
            tracker.Add(new FrameFaces(frames[^1], faces(i), new FrameSignature(image)));
        }

        return tracker.Finish(Options.MinTrackSeconds);
    }

    /// <summary>A face 80 pixels wide whose box has its corner at (x, y): an ellipse of points, brows and chin where they belong.</summary>
    private static FoundFace Face(float x, float y, float confidence = 0.85f)
    {
        var values = new float[136];
        for (var i = 0; i < 68; i++)
        {
            values[2 * i] = x + 40 + (40 * MathF.Cos(i * MathF.Tau / 68));
            values[(2 * i) + 1] = y + 45 + (45 * MathF.Sin(i * MathF.Tau / 68));
        }

        (values[16], values[17]) = (x + 40, y + 90);
        (values[38], values[39], values[48], values[49]) = (x + 20, y, x + 60, y);
        return FoundFace.From(new FaceLandmarks(new Landmarks68(values), confidence), 0.9f);
    }

    private sealed class FakeLandmarks : IFaceFinder
    {
        public float Confidence { get; set; }

        public IReadOnlyList<FaceBox> Detect(RgbImage image) => [];

        public FaceLandmarks Locate(RgbImage image, FaceBox face) =>
            FaceTrackerTests.Face(face.X, face.Y).Landmarks with { Confidence = Confidence };

        public void Dispose()
        {
        }
    }
}
