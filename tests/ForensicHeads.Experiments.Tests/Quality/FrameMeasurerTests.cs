using ForensicHeads.Testing;

namespace ForensicHeads.Experiments.Tests.Quality;

public sealed class FrameMeasurerTests : IDisposable
{
    private const int Size = 64;
    private readonly TestFolder folder = new();
    private readonly FrameStore source;
    private readonly Dictionary<string, PersonPlan> plans;
    private readonly FakeFaces faces = new();

    public FrameMeasurerTests()
    {
        source = ProceduralStore.Render(
            new ProceduralOptions { Identities = 3, Videos = 2, Frames = 12, Size = Size }, folder["source"], null, CancellationToken.None);
        plans = Plan(source);
        foreach (var frame in source.Frames) faces.Learn(source.ReadImage(frame), People.IndexOf(frame.Identity), frame.Landmarks);
    }

    private List<string> People => [.. source.Identities.Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Frames_equal_to_the_truth_reach_its_ceiling()
    {
        var quality = Measure(Frames());
        var rows = new QualitySummary(quality.Items, quality.Models).Rows();
        GenerationRow Row(string mode) => rows.Single(row => row.Mode == Method.Of(mode));
        var (same, truth, blurred) = (Row("ft"), Row("truth"), Row("reconstruct"));
        Assert.Equal((1, 100), (same.Ssim, same.Psnr));
        Assert.Equal((1, truth.RetrievalTop1, truth.IdentitySimilarity, truth.Nme),
            (truth.RetrievalTop1, same.RetrievalTop1, same.IdentitySimilarity, same.Nme));
        Assert.Equal(1.0 / 3, truth.RetrievalChance);
        // The finder's own half pixel cancels.
        Assert.Equal(((double?)0, (double?)null), (same.NmeRedetected, truth.NmeRedetected));
        // Of nine frames a ninth of the pairs across are a frame with itself, and none of those within: a little below 0.
        Assert.InRange(same.Kid!.Value, -0.05, 0);
        Assert.Equal(0, same.Fid!.Value, 1e-6);
        Assert.True(blurred.Ssim < 1 && blurred.Psnr < 100 && blurred.Kid > same.Kid);
        // The finder is half a pixel off in every point.
        var eyes = quality.Items.Where(item => item.Mode == Method.Of("truth")).Select(item => item.Nme!.Value).ToArray();
        Assert.All(eyes, error => Assert.InRange(error, 0.5 / 40, 0.5 / 10));
    }

    [Fact]
    public void A_swapped_identity_lowers_the_similarity()
    {
        var swap = Measure(Frames()).Swap!;
        Assert.True(swap.SwappedToSelf < swap.OwnToSelf - 0.5, $"{swap}");
        Assert.Equal(swap.OwnToSelf, swap.SwappedToOther, 1e-6);
    }

    [Fact]
    public void A_missed_face_is_counted_as_a_failure_and_judged_along_the_drivers_landmarks()
    {
        var frames = Frames();
        var missed = frames.First(frame => frame.Origin.Generator == "reconstruct");
        faces.Missed.Add(FakeFaces.Key(missed.Read()));
        var quality = Measure(frames);
        var row = new QualitySummary(quality.Items, quality.Models).Rows().Single(row => row.Mode == Method.Of("reconstruct"));
        Assert.Equal(1, row.NmeFailures);
        Assert.True(row.NmeWorst > row.Nme + 0.05);
        Assert.Null(quality.Items.Single(item => item.FaceFound == false).NmeRedetected);
        Shot Judged(ExperimentFrame frame) =>
            new(faces.Judged.Last(shot => FakeFaces.Key(shot.Image) == FakeFaces.Key(frame.Read())).Landmarks);
        Assert.Equal(missed.Record.Landmarks.Values, Judged(missed).Landmarks.Values);
        var found = frames.Last(frame => frame.Origin.Generator == "reconstruct");
        Assert.Equal(found.Record.Landmarks[8].X + 0.5f, Judged(found).Landmarks[8].X, 1e-4);
    }

    [Fact]
    public void A_face_missed_in_the_true_frame_leaves_its_copies_without_a_redetected_error()
    {
        var frames = Frames();
        var missed = frames.First(frame => frame.IsReal);
        faces.Missed.Add(FakeFaces.Key(missed.Read()));
        var blurred = Measure(frames).Items.Where(item => item.Mode == Method.Of("reconstruct")).ToArray();
        Assert.All(blurred, item => Assert.Equal(item.Driver == missed.Driver, item.NmeRedetected is null));
        Assert.Contains(blurred, item => item.NmeRedetected is null);
    }

    [Fact]
    public void The_gallery_holds_frames_of_another_video_than_the_drivers_and_no_shot()
    {
        var quality = Measure(Frames());
        Assert.Empty(quality.Notes);
        var gallery = faces.Judged.Take(3 * 12).Select(shot => FakeFaces.Key(shot.Image)).ToHashSet();
        Assert.Equal(36, gallery.Count);
        foreach (var (person, plan) in plans)
        {
            var video = plan.Plan.DriverVideo;
            Assert.All(source.FramesOf(person), frame =>
                Assert.Equal(frame.Video != video, gallery.Contains(FakeFaces.Key(source.ReadImage(frame)))));
        }
    }

    [Fact]
    public void Shots_from_the_only_other_video_stay_out_of_the_gallery_and_the_report_says_so()
    {
        var others = Plan(source, DriverRule.OtherVideoElseGap);
        var quality = Measure(Frames(others), others);
        Assert.Contains("for 3 of 3 test people the gallery holds other frames of the video that the shots came from",
            Assert.Single(quality.Notes), StringComparison.Ordinal);
        var shots = others.Values.SelectMany(plan => plan.Plan.Draws[0].Shots).Select(frame => FakeFaces.Key(source.ReadImage(frame)))
            .ToArray();
        Assert.Equal(6, shots.Length);
        Assert.DoesNotContain(faces.Judged.Take(3 * 10), shot => shots.Contains(FakeFaces.Key(shot.Image)));
    }

    [Fact]
    public void People_with_one_video_have_no_identity_measures_and_are_named()
    {
        var single = ProceduralStore.Render(
            new ProceduralOptions { Identities = 2, Videos = 1, Frames = 12, Size = Size }, folder["single"], null, CancellationToken.None);
        foreach (var frame in single.Frames) faces.Learn(single.ReadImage(frame), 0, frame.Landmarks);
        var alone = Plan(single);
        var quality = Measure(Frames(alone, single), alone);
        Assert.Contains("Identity was not measured for 2 of 2 test people", Assert.Single(quality.Notes), StringComparison.Ordinal);
        var row = new QualitySummary(quality.Items, quality.Models).Rows().Single(row => row.Mode == Method.Ft);
        Assert.Equal((null, null, null, null), (row.IdentitySimilarity, row.IdentityModel, row.RetrievalTop1, row.RetrievalChance));
        // Of the finder, which is half a pixel off in every point.
        Assert.Equal(quality.Items.Where(item => item.Mode == Method.Ft).GroupBy(item => item.Identity)
            .Average(person => person.Average(item => item.Nme!.Value)), row.Nme!.Value, 1e-9);
    }

    [Fact]
    public void Frames_too_small_for_the_networks_are_measured_without_them()
    {
        using var none = FaceNetworks.Load(new QualitySource(), 32, procedural: true);
        Assert.Equal((null, null, null), (none.Judge, none.Finder, none.Features));
        var quality = new FrameMeasurer(none).Measure(Frames(), plans, null, CancellationToken.None);
        Assert.Contains("smaller than the 64 px", Assert.Single(quality.Notes), StringComparison.Ordinal);
        var row = new QualitySummary(quality.Items, quality.Models).Rows().Single(row => row.Mode == Method.Ft);
        Assert.Equal((1, null, null, null, null), (row.Ssim, row.IdentitySimilarity, row.Nme, row.NmeFailures, row.Kid));
    }

    [Fact]
    public void Networks_that_are_not_named_or_see_what_they_never_learnt_from_are_told_of()
    {
        using var tiny = new TinyExperiment();
        using var both = FaceNetworks.Load(tiny.Config.Quality, 128, procedural: false);
        Assert.Equal(3, both.Notes.Count);
        Assert.Contains("judged by the network that the detector person knows people by", both.Notes[0], StringComparison.Ordinal);
        Assert.Contains("reduced from 128 to 64 px", both.Notes[1], StringComparison.Ordinal);
        Assert.Contains("learnt from rendered heads alone", both.Notes[2], StringComparison.Ordinal);
        Assert.Equal(["judge of identity", "landmark finder"], both.Facts.Select(fact => fact.Name));
        using var neither = FaceNetworks.Load(new QualitySource { Judge = null, Landmarks = null }, 64, procedural: true);
        Assert.Equal(2, neither.Notes.Count);
        Assert.Empty(neither.Facts);
        Assert.Throws<UserErrorException>(() =>
            FaceNetworks.Load(new QualitySource { Judge = tiny["landmarks.safetensors"] }, 64, procedural: true));
    }

    [Fact]
    public void What_re_enacts_no_true_frame_is_left_out()
    {
        var frames = Frames();
        var stray = frames.First(frame => frame.Origin.Mode == Mode.Ff);
        var quality = Measure([.. frames,
            new ExperimentFrame(stray.Record with { Origin = FrameOrigin.MadeBy("self-blend"), FrameNumber = 9999 }, stray.Store)]);
        Assert.DoesNotContain(quality.Items, item => item.Mode == Method.Of("self-blend"));
        Assert.Equal(4 * 9, quality.Items.Count);
    }

    [Fact]
    public void A_face_that_collapsed_is_cut_out_along_the_drivers_landmarks()
    {
        var driver = source.Frames[0].Landmarks;
        Assert.Same(driver, FaceOutline.Of(null, driver));
        Assert.Same(driver, FaceOutline.Of(new Landmarks68(new float[136]), driver));
        Assert.Same(driver, FaceOutline.Of(new Landmarks68([.. driver.Values.Select((value, i) => i == 5 ? float.NaN : value)]), driver));
        var moved = driver.Transform(0.9f, 2, 2);
        Assert.Same(moved, FaceOutline.Of(moved, driver));
    }

    private static Dictionary<string, PersonPlan> Plan(FrameStore store, DriverRule rule = DriverRule.SameVideo) =>
        store.Identities.ToDictionary(
            person => person,
        person =>
            new PersonPlan(store,
            ShotSampler.Make(store, person, new ShotOptions { ShotCounts = [1, 2], Draws = 1, DriverFrames = 3, DriverRule = rule },
            CancellationToken.None), Size),
        StringComparer.Ordinal);

    private MeasuredQuality Measure(IReadOnlyList<ExperimentFrame> frames, IReadOnlyDictionary<string, PersonPlan>? planned = null) =>
        new FrameMeasurer(new FaceNetworks { Judge = faces, Finder = faces, Features = faces })
            .Measure(frames, planned ?? plans, null, CancellationToken.None);

    // Of each person: the driver frames, the same as ft and ff and through the writer, a noisy copy as reconstruct, and the next person's
    // true frames as swapped ones.
    private List<ExperimentFrame> Frames(IReadOnlyDictionary<string, PersonPlan>? planned = null, FrameStore? from = null)
    {
        var (used, store) = (planned ?? plans, from ?? source);
        using var writer = StoreWriter.Create(folder["frames"],
            new StoreInfo { Name = "frames", Size = Size, CropSpecification = "test", Arguments = [], LicenceSummary = "none" });
        var people = used.Keys.Order(StringComparer.Ordinal).ToArray();
        foreach (var (person, index) in people.Select((person, index) => (person, index)))
        {
            var random = new SeededRandom(index, "noise");
            for (var i = 0; i < 3; i++)
            {
                var driver = used[person].Plan.DriverFrames[i];
                var picture = store.ReadImage(driver);
                var noisy = picture.Clone();
                for (var k = 0; k < noisy.Pixels.Length; k++) noisy.Pixels[k] =
                    (byte)Math.Clamp(noisy.Pixels[k] + 30 + random.NextInt(31), 0, 255);
                faces.Learn(noisy, People.IndexOf(person) is var known && known >= 0 ? known : 0, driver.Landmarks);
                void Write(RgbImage image, string? generator, string? mode = null, string? shown = null) => writer.Add(
                    driver with
                    {
                        Key = $"{person}-{generator ?? "real"}-{mode}-{i}",
                        Identity = shown ?? person,
                        Origin = Origins.Of(mode ?? generator, mode is null ? null : 1, draw: mode is null ? null : 0),
                        DriverVideo = generator is null ? null : driver.Video,
                        DriverFrame = generator is null ? null : driver.FrameNumber,
                    },
                    image);
                Write(picture, null);
                Write(picture, "few-shot", "ff");
                Write(picture, "few-shot", "ft");
                Write(picture, "passthrough");
                Write(noisy, "reconstruct");
                var other = people[(index + 1) % people.Length];
                Write(store.ReadImage(used[other].Plan.DriverFrames[i]), "swapped-embedding", shown: other);
            }
        }

        var written = writer.Complete();
        return [.. written.Frames.Select(frame => new ExperimentFrame(
            frame with { Origin = frame.Origin with { Arm = frame.Origin.Mode == Mode.Ft ? Arm.Updates : null } }, written))];
    }

    private sealed record Shot(Landmarks68 Landmarks);
}
