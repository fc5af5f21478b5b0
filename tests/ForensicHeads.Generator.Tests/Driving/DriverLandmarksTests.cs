namespace ForensicHeads.Generator.Tests.Driving;

public sealed class DriverLandmarksTests : IDisposable
{
    private readonly OutputScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public void A_short_gap_is_filled_on_the_straight_line_and_a_long_one_is_left_out()
    {
        // 25 a second; missing: 2 and 3, 10 to 29, and by the source's word 0 to 3 before and 40 after.
        var driver = Clip(0, 1, 4, 5, 6, 7, 8, 9, 30, 31)
            with
        { WithoutFace = [new FrameRun(-4, -1, 4), new FrameRun(32, 32, 1), new FrameRun(2, 3, 2)] };
        var made = DriverLandmarks.Prepare(driver, scene.Info, new DrivingOptions { MaxGapSeconds = 0.5 });
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 31], made.Frames.Select(frame => frame.FrameNumber));
        Assert.Equal([new FrameRun(2, 3, 2)], made.Driving!.Interpolated);
        Assert.Equal([new FrameRun(-4, -1, 4), new FrameRun(10, 29, 20), new FrameRun(32, 32, 1)], made.Driving.LeftOut);
        var (before, after) = (driver.Frames[1].Landmarks.Values, driver.Frames[2].Landmarks.Values);
        for (var k = 0; k < 136; k++) Assert.Equal(before[k] + ((after[k] - before[k]) / 3), made.Frames[2].Landmarks.Values[k], 1e-3f);
        Assert.Equal(2 / 25.0, made.Frames[2].TimeS, 1e-9);
        Assert.Equal(made.Frames.Count, made.Frames.Select(frame => frame.Key).Distinct().Count());
    }

    [Fact]
    public void No_gap_is_filled_across_a_cut()
    {
        var driver = Clip(0, 1, 2, 3, 5, 6);
        driver = driver with { Frames = [.. driver.Frames.Select((frame, i) => frame with { Track = i < 4 ? 0 : 1 })] };
        var made = DriverLandmarks.Prepare(driver, scene.Info, new DrivingOptions { MaxGapSeconds = 0.5 });
        Assert.Equal([new FrameRun(4, 4, 1)], made.Driving!.LeftOut);
        Assert.Equal(6, made.Frames.Count);
    }

    [Fact]
    public void Frames_taken_every_few_are_no_gap()
    {
        var made = DriverLandmarks.Prepare(Clip(0, 4, 8, 12, 17, 21), scene.Info, new DrivingOptions { MaxGapSeconds = 0.5 });
        Assert.Equal(6, made.Frames.Count);
        Assert.Empty(made.Driving!.LeftOut);
    }

    [Fact]
    public void Fewer_frames_list_only_what_is_missing_among_them()
    {
        var made = DriverLandmarks.Prepare(Clip(0, 1, 2, 20, 21), scene.Info, new DrivingOptions { MaxFrames = 2 });
        Assert.Equal(2, made.Frames.Count);
        Assert.Empty(made.Driving!.LeftOut);
    }

    [Fact]
    public void A_head_without_its_shots_landmarks_cannot_be_fitted()
    {
        var error = Assert.Throws<UserErrorException>(() =>
            DriverLandmarks.Prepare(scene.Driver, scene.Info, new DrivingOptions { Fit = LandmarkFit.Shape }));
        Assert.Contains("--fit none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fit_takes_the_heads_shots_at_the_size_of_the_drivers_store()
    {
        var shots = ProceduralMotion.Landmarks(3, 1, 2);
        var info = scene.Info
            with
        { ShotLandmarks = [.. shots.Select(shot => shot.Resize(ProceduralMotion.Size, OutputScene.Size).Values)] };
        var shape = DriverLandmarks.ShapeOf(info, 4 * OutputScene.Size);
        var direct = PersonShape.Of([.. shots.Select(shot => shot.Resize(ProceduralMotion.Size, 4 * OutputScene.Size))]);
        Assert.Equal(direct.Scale, shape.Scale, 1e-2);
        Assert.Equal(direct.X, shape.X, 1e-2);
    }

    [Theory]
    [InlineData(-0.1, 0, 0, "outside 0 … 1")]
    [InlineData(double.NaN, 0, 0, "outside 0 … 1")]
    [InlineData(0, 6, 0, "outside 0 … 5")]
    [InlineData(0, 0, -1, "--max-frames is -1")]
    public void A_value_outside_its_range_is_wrong_usage(double smooth, double gap, int frames, string says)
    {
        var error = Assert.Throws<UserErrorException>(() =>
            new DrivingOptions { SmoothSeconds = smooth, MaxGapSeconds = gap, MaxFrames = frames }.Validated());
        Assert.Equal(2, error.ExitCode);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private DriverVideo Clip(params int[] numbers) => scene.Driver with
    {
        Frames = [.. numbers.Select(
            (number, i) => scene.Driver.Frames[i % 3] with { Key = $"k{number}", FrameNumber = number, TimeS = number / 25.0 })],
    };
}
