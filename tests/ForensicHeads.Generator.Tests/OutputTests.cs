namespace ForensicHeads.Generator.Tests;

public sealed class OutputTests : IDisposable
{
    private readonly OutputScene scene = new();
    private readonly HeadFile head;

    public OutputTests() => head = scene.SavedHead();

    private Provenance Facts => Provenance.Of(head, scene.Driver, "1.2.3");

    public void Dispose()
    {
        head.Dispose();
        scene.Dispose();
    }

    [Fact]
    public void A_store_holds_every_driven_frame_with_its_provenance_and_no_mark()
    {
        var store = StoreOutput.Write(scene["fakes"], head, scene.Driver, Facts, null, CancellationToken.None);
        Assert.Equal(OutputScene.Size, store.Info.Size);
        Assert.Equal(head.Sha256, store.Info.Properties["head_sha256"]);
        var expected =
            head.Head.Render([.. scene.Driver.Frames.Select(frame => frame.Landmarks.Resize(2 * OutputScene.Size, OutputScene.Size))]);
        for (var i = 0; i < 3; i++)
        {
            var frame = store.Frames[i];
            Assert.Equal(expected[i].Pixels, store.ReadImage(frame).Pixels);
            Assert.Equal(FrameOrigin.MadeBy("few-shot") with { Mode = Mode.Ff, Shots = 2, Draw = 2 }, frame.Origin);
            Assert.Equal((scene.Driver.Video, 2 * i), (frame.DriverVideo, frame.DriverFrame));
            Assert.Equal("Zoë", frame.Identity);
            var hash = PerceptualHash.Of(scene.Driver.Store.ReadImage(scene.Driver.Frames[i]));
            Assert.Equal(head.Info.NearestShotDistance(hash), frame.NearestShotDistance);
        }

        Assert.Equal(new DateOnly(2099, 1, 2), Assert.Single(ConsentFile.Read(store)).Expires);
    }

    [Fact]
    public void Two_draws_and_two_drivers_never_share_a_key()
    {
        var first = StoreOutput.Write(scene["a"], head, scene.Driver, Facts, null, CancellationToken.None);
        var second = StoreOutput.Write(scene["b"], head, scene.Driver, Facts with { Draw = 3 }, null, CancellationToken.None);
        Assert.Empty(first.Frames.Select(frame => frame.Key).Intersect(second.Frames.Select(frame => frame.Key)));
        Assert.All(first.Frames, frame => Assert.Matches("^[A-Za-z0-9_-]{1,96}$", frame.Key));
    }

    [Fact]
    public void Pictures_are_named_in_order_and_their_sidecar_holds_their_hashes()
    {
        var result =
            ExportOutput.WritePictures(scene["pictures"], head, scene.Driver, Facts, new ExportOptions(), null, CancellationToken.None);
        Assert.Equal(["000000.png", "000001.png", "000002.png"], result.Files.Select(file => file.File));
        Assert.All(result.Files, file => Assert.Equal(file.Sha256, Hashes.OfFile(Path.Combine(scene["pictures"], file.File))));
        var read = CanonicalJson.Read<Provenance>(Path.Combine(scene["pictures"], ExportOutput.FolderSidecar));
        Assert.Equal(CanonicalJson.ToText(result), CanonicalJson.ToText(read));
        Assert.Throws<UserErrorException>(() =>
            ExportOutput.WritePictures(scene["pictures"], head, scene.Driver, Facts, new ExportOptions(), null, CancellationToken.None));
    }

    [Fact]
    public void A_video_has_the_drivers_rate_and_as_many_frames()
    {
        Assert.Equal(10, scene.Driver.Timing.FramesPerSecond);
        var result =
            ExportOutput.WriteVideo(scene["clip.mp4"], head, scene.Driver, Facts, new ExportOptions(), null, CancellationToken.None);
        Assert.Equal(Hashes.OfFile(scene["clip.mp4"]), Assert.Single(result.Files).Sha256);
        Assert.Equal(new ExportMarks(VisibleLabel: true, InvisibleWatermark: true, SourceTypeMetadata: true, WatermarkKey: "public"),
            result.Marks);
        Assert.Equal(256, result.PixelsASide);
        var facts = MediaProbe.Inspect(scene["clip.mp4"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((3, 256, 256), (facts.DeclaredFrames, facts.Width, facts.Height));
        Assert.Equal(["clip.mp4", "clip.mp4.json"], scene.Left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Frames_of_a_variable_rate_keep_their_own_times()
    {
        var driver = At(0.04, 0.06, 0.5);
        Assert.Null(driver.Timing.FramesPerSecond);
        var result = ExportOutput.WriteVideo(scene["clip.mp4"], head, driver, Facts, new ExportOptions(), null, CancellationToken.None);
        Assert.Equal((null, false, 3), (result.FramesPerSecond, result.RateIsChosen, result.Frames));
        Assert.Equal([0, 0.02, 0.46], result.TimesS!);
        Assert.Equal([0, 0.02, 0.46], Times(scene["clip.mp4"]));
        var pictures = ExportOutput.WritePictures(scene["png"], head, driver, Facts, new ExportOptions(), null, CancellationToken.None);
        Assert.Equal([0, 0.02, 0.46], pictures.TimesS!);
    }

    [Fact]
    public void A_rate_that_is_asked_for_is_constant()
    {
        // Seen from 0, .02 and .46 s on; the last one for the usual step of .44 s.
        var driver = At(0.04, 0.06, 0.5).AtRate(5);
        Assert.Equal([0, 2, 2, 4, 4], driver.Frames.Select(frame => frame.FrameNumber - scene.Driver.Frames[0].FrameNumber));
        var result = ExportOutput.WriteVideo(scene["clip.mp4"], head, driver, Facts with { Frames = driver.Frames.Count },
            new ExportOptions(), null, CancellationToken.None);
        Assert.Equal((5, true, null), (result.FramesPerSecond, result.RateIsChosen, result.TimesS));
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8], Times(scene["clip.mp4"]));
        Assert.Contains("outside 0 … 1000", Assert.Throws<UserErrorException>(() => driver.AtRate(0)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 1000000", Assert.Throws<UserErrorException>(() => At(0, 5000, 9000).AtRate(1000)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Containers round times: Matroska to milliseconds, so that 30000/1001 frames a second lie 33 or 34 of them apart.</summary>
    [Fact]
    public void Rounded_times_of_a_constant_rate_are_that_rate()
    {
        var timing = ExportTiming.Of([.. Enumerable.Range(0, 300).Select(i => Math.Round(i * 1001 / 30000.0, 3))]);
        Assert.Equal(30000 / 1001.0, timing.FramesPerSecond!.Value, 2e-3);
        Assert.Equal(25, ExportTiming.Of([3.5]).FramesPerSecond);
        Assert.Equal(25, ExportTiming.Of([0, 0, 0]).FramesPerSecond);
        // A frame is missing: the one before is seen for longer.
        Assert.Null(ExportTiming.Of([0, 0.04, 0.12, 0.16]).FramesPerSecond);
        Assert.Equal([0, 0.004, 0.04], ExportTiming.Of([1, 1, 1.04]).Times.Select(time => Math.Round(time, 6)));
    }

    private DriverVideo At(params double[] seconds) =>
        scene.Driver with { Frames = [.. scene.Driver.Frames.Zip(seconds, (frame, time) => frame with { TimeS = time })] };

    private static double[] Times(string video)
    {
        using var decoder = new VideoDecoder(MediaProbe.Inspect(video, cancellation: CancellationToken.None));
        var times = new List<double>();
        while (decoder.Next() is { } frame) times.Add(Math.Round(frame.TimeS, 4));
        return [.. times];
    }

    [Theory]
    [InlineData("store")]
    [InlineData("pictures")]
    [InlineData("video")]
    public void Cancelled_output_leaves_nothing(string form)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Action write = form switch
        {
            "store" => () => StoreOutput.Write(scene["fakes"], head, scene.Driver, Facts, null, source.Token),
            "pictures" => () =>
                ExportOutput.WritePictures(scene["fakes"], head, scene.Driver, Facts, new ExportOptions(), null, source.Token),
            _ => () => ExportOutput.WriteVideo(scene["fakes.mp4"], head, scene.Driver, Facts, new ExportOptions(), null, source.Token),
        };
        Assert.ThrowsAny<OperationCanceledException>(write);
        Assert.Empty(scene.Left);
    }

    [Fact]
    public void A_video_that_is_not_there_is_refused_with_those_that_are()
    {
        var error = Assert.Throws<UserErrorException>(() => DriverVideo.Of(scene.Driver.Store, "other"));
        Assert.Contains(scene.Driver.Video, error.Message, StringComparison.Ordinal);
    }
}
