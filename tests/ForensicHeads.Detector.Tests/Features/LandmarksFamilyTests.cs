namespace ForensicHeads.Detector.Tests.Features;

public class LandmarksFamilyTests
{
    // Landmarks are float32 pixels: 1e-5 of a pixel, which accelerations at 25 frames a second enlarge a thousandfold.
    private const double Relative = 1e-4;
    private const double Absolute = 1e-5;

    private static readonly LandmarksFamily Family = new();

    [Theory]
    [InlineData(120)]
    [InlineData(61)]
    [InlineData(7)]
    public void A_track_equals_the_statistics_written_out(int samples)
    {
        var track = TalkingTrack.Create(samples);
        AssertClose(DirectLandmarks.Compute(track), Compute(track));
    }

    [Fact]
    public void Every_golden_vector_of_the_numpy_reference_is_met()
    {
        var vectors = Golden.Load("detector_features.json").GetProperty("landmarks").EnumerateArray().ToArray();
        Assert.Equal(2, vectors.Length);
        foreach (var vector in vectors)
            AssertClose(Golden.Doubles(vector.GetProperty("values")),
                Compute(TalkingTrack.Create(vector.GetProperty("samples").GetInt32())));
    }

    [Fact]
    public void A_face_at_rest_neither_blinks_nor_trembles()
    {
        var still = Track(50, 0.04, _ => 0);
        var features = Compute(still);
        Assert.Equal(0, Column(features, "blink_rate"));
        foreach (var name in new[] { "blink_duration_mean", "yaw_jitter_mean", "pitch_jitter_q90", "roll_jitter_mean", "acceleration_q90",
            "eye_ratio_deviation" })
            Assert.Equal(0, Column(features, name), 1e-6);
        // (10 + 10)/(2 · 28)
        Assert.Equal(20 / 56.0, Column(features, "eye_ratio_mean"), 1e-6);
    }

    [Fact]
    public void A_blink_is_counted_and_timed_by_hand()
    {
        // Lids fall to nothing at samples 20 and 21 of 51, 0.04 s apart, from one frame to the next: down through 0.7 at 0.3 of the way
        // from 19 to 20, up at 0.7 of the way from 21 to 22.
        var features = Compute(Track(51, 0.04, i => i is 20 or 21 ? 1 : 0));
        Assert.Equal(60 / 2.0, Column(features, "blink_rate"), 1e-4);
        Assert.Equal((21.7 - 19.3) * 0.04, Column(features, "blink_duration_mean"), 1e-5);
        Assert.Equal(0, Column(features, "blink_duration_deviation"));
    }

    [Theory]
    [InlineData(0, 10)] // shut when the track begins
    [InlineData(45, 60)] // and when it ends
    [InlineData(10, 40)] // shut for 1.2 s
    public void What_is_no_whole_blink_is_not_counted(int first, int last) =>
        Assert.Equal(0, Column(Compute(Track(60, 0.04, i => i >= first && i <= last ? 1 : 0)), "blink_rate"));

    [Fact]
    public void Place_size_and_turn_in_the_picture_change_nothing()
    {
        var track = TalkingTrack.Create(90);
        var (sin, cos) = Math.SinCos(0.4);
        var moved = track.Select(sample => sample with
        {
            Landmarks = new Landmarks68([.. Enumerable.Range(0, 68).SelectMany(k => new[]
            {
                (float)((1.7 * ((cos * sample.Landmarks[k].X) - (sin * sample.Landmarks[k].Y))) + 31),
                (float)((1.7 * ((sin * sample.Landmarks[k].X) + (cos * sample.Landmarks[k].Y))) - 12),
            })]),
        }).ToArray();
        var (here, there) = (Compute(track), Compute(moved));
        foreach (var name in Family.ColumnNames.Where(
            name => !name.Contains("yaw", StringComparison.Ordinal) && !name.Contains("pitch", StringComparison.Ordinal)))
        {
            // The scale is that of two rows, which a turn mixes: equal to a few per cent, not exactly.
            var share = name.StartsWith("mouth", StringComparison.Ordinal) || name.StartsWith("acceleration", StringComparison.Ordinal)
                ? 0.1 : 0.02;
            Assert.Equal(Column(here, name), Column(there, name), Absolute + (share * Math.Abs(Column(here, name))));
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(20, 0, 0)]
    [InlineData(0, -15, 0)]
    [InlineData(-10, 12, 0)]
    [InlineData(0, 0, 30)]
    public void A_turned_head_shows_its_angles(double yaw, double pitch, double roll)
    {
        double[,] model =
            { { -0.5, 0, 0 }, { -0.18, 0.01, 0.07 }, { 0.18, 0.01, 0.07 }, { 0.5, 0, 0 }, { 0, -0.02, 0.2 }, { 0, 0.45, 0.48 },
            { 0, 0.6, 0.27 } };
        int[] rigid = [36, 39, 42, 45, 27, 30, 33];
        var points = new float[136];
        var (y, p, r) = (yaw * Math.PI / 180, pitch * Math.PI / 180, roll * Math.PI / 180);
        for (var k = 0; k < 7; k++)
        {
            // Pitch first, then yaw, then roll, seen along z; y points down.
            var up = (model[k, 1] * Math.Cos(p)) - (model[k, 2] * Math.Sin(p));
            var depth = (model[k, 1] * Math.Sin(p)) + (model[k, 2] * Math.Cos(p));
            var across = (model[k, 0] * Math.Cos(y)) + (depth * Math.Sin(y));
            points[2 * rigid[k]] = (float)((80 * ((across * Math.Cos(r)) - (up * Math.Sin(r)))) + 100);
            points[(2 * rigid[k]) + 1] = (float)((80 * ((across * Math.Sin(r)) + (up * Math.Cos(r)))) + 90);
        }

        var pose = HeadPose.Of(new Landmarks68(points))!.Value;
        // Yaw after pitch shows as asin(cos p · sin y).
        Assert.Equal(Math.Asin(Math.Cos(p) * Math.Sin(y)) * 180 / Math.PI, pose.YawDegrees, 1e-3);
        Assert.Equal(pitch, pose.PitchDegrees, 1e-3);
        Assert.Equal(roll, pose.RollDegrees, 1e-3);
        Assert.Equal(80, pose.Scale, 1e-3);
    }

    [Fact]
    public void Nothing_is_derived_across_a_gap()
    {
        // Two still halves, two seconds and a jump apart.
        var halves = Track(20, 0.04, _ => 0)
            .Concat(Track(20, 0.04, _ => 0)
            .Select(sample => new LandmarkSample(sample.TimeS + 3, sample.Landmarks.Transform(1.3f, 40, 7), 1))).ToArray();
        var features = Compute(halves);
        Assert.Equal(0, Column(features, "acceleration_q90"), 1e-3);
        Assert.Equal(0, Column(features, "roll_jitter_q90"), 1e-4);
    }

    [Fact]
    public void A_track_too_short_gives_nothing_and_one_that_is_none_is_refused()
    {
        var track = TalkingTrack.Create(30);
        string Refusal(IEnumerable<LandmarkSample> samples) => Assert.Throws<UserErrorException>(() => Compute([.. samples])).Message;
        LandmarkSample[][] tooShort =
        [
            [], [.. track.Take(2)], [.. track.Select(sample => sample with { Confidence = 0.49f })],
            [.. track.Select(sample => sample with { Landmarks = new Landmarks68(new float[136]) })],
        ];
        Assert.All(tooShort, samples => Assert.All(Compute(samples), value => Assert.True(float.IsNaN(value))));
        Assert.Contains("in order of time", Refusal(track.Reverse()), StringComparison.Ordinal);
        Assert.Contains("not all finite",
            Refusal(track.Select(sample => sample with { Landmarks = sample.Landmarks.Transform(float.NaN, 0, 0) })),
            StringComparison.Ordinal);
        // An unsure sample may hold anything.
        var unsure =
            Compute([.. track.Take(20), track[20] with { Landmarks = track[20].Landmarks.Transform(float.NaN, 0, 0), Confidence = 0 },
            .. track.Skip(21)]);
        Assert.All(unsure, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Columns_are_named_once_each()
    {
        Assert.Equal(36, Family.ColumnNames.Distinct().Count());
        Assert.Throws<ArgumentException>(() => Family.Compute(TalkingTrack.Create(30), new float[35]));
    }

    /// <summary>A still face whose eyes are shut by a share of their opening.</summary>
    private static LandmarkSample[] Track(int samples, double step, Func<int, double> shut) => [.. Enumerable.Range(0, samples).Select(i =>
    {
        var face = TalkingTrack.Base();
        for (var k = 36; k < 48; k++) face[(2 * k) + 1] = 100 + ((face[(2 * k) + 1] - 100) * (1 - shut(i)));
        return new LandmarkSample(i * step, new Landmarks68([.. face.Select(v => (float)v)]), 1);
    })];

    private static float Column(float[] features, string name) => features[Family.ColumnNames.ToList().IndexOf(name)];

    private static float[] Compute(IReadOnlyList<LandmarkSample> track)
    {
        var features = new float[Family.ColumnNames.Count];
        Array.Fill(features, float.NaN);
        Family.Compute(track, features);
        return features;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Absolute + (Relative * Math.Abs(expected[i])),
                $"{Family.ColumnNames[i]}: expected {expected[i]}, got {actual[i]}");
    }
}
