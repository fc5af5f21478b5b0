using ForensicHeads.Testing;

namespace ForensicHeads.Experiments.Tests.Detection;

public sealed class FoldNetworksTests : IDisposable
{
    private const int Size = 32;
    private const int Frames = 4;

    private static readonly SplitRole[] Roles =
        [SplitRole.Train, SplitRole.Train, SplitRole.Train, SplitRole.Validation, SplitRole.Calibration, SplitRole.Test];

    private static readonly ExperimentConfig Config = new()
    {
        Name = "networks",
        Store = "x",
        Families = ["dct_beta", "cnn"],
        Network = new NetworkTrainingOptions { Steps = 3, Pairs = 2 },
        NetworkFolds = 3,
    };

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_of_the_frames_it_learnt_from_are_out_of_fold_and_all_others_its_own()
    {
        var (frames, detection) = Make();
        var kind = Detectors.All.ByName(Detectors.Artefact);
        using var network = new FoldNetworks(Config, new CnnEntry(), detection, Size, new ContentCache(folder.Path, log: null))
            .Teach(kind, [Clean], 1, null, Stop);
        var learnt = detection.Learnt(kind);
        Assert.Equal(3 * 2 * Frames, learnt.Count);
        var own = network.Measure(frames, Clean, Size, Stop);
        // A training person's row by the network that learnt the person would be the leak.
        foreach (var frame in frames) Assert.Equal(!learnt.Contains(frame), own[frame][0] == network.Tables[0][frame][0]);

        // The whole made again by hand: the frames of the training people, dealt into folds by person.
        TrainingFrame[] people =
            [.. learnt.Select(frame => TrainingFrame.Of(frame.Record, frame.Read) with { Share = $"{frame.Origin.Method}@" })];
        TrainingFrame[] judged =
            [.. detection.Judged(kind, SplitRole.Validation).Select(frame => TrainingFrame.Of(frame.Record, frame.Read))];
        var expected = CnnFeatures.OutOfFold(people, judged, Config.Network with { Seed = 1 }, 3, cancellation: Stop);
        Assert.Equal(expected.Rows.SelectMany(row => row), learnt.SelectMany(frame => network.Tables[0][frame]));
    }

    [Fact]
    public void It_learns_in_the_numbers_that_were_chosen()
    {
        var (_, detection) = Make();
        string Taught(string cache, Compute compute)
        {
            using var network = new FoldNetworks(Config, new CnnEntry(), detection, Size, new ContentCache(folder[cache], log: null))
            {
                Compute = compute,
            }.Teach(Detectors.All.ByName(Detectors.Artefact), [Clean], 1, null, Stop);
            return network.Family.Sha256;
        }

        Assert.NotEqual(Taught("exact", Compute.Cpu), Taught("coarse", Compute.Choose("cpu", Precision.Bf16)));
    }

    [Fact]
    public void It_is_taught_once_and_again_for_another_seed_condition_or_kind()
    {
        var (frames, detection) = Make();
        var networks = new FoldNetworks(Config, new CnnEntry(), detection, Size, new ContentCache(folder.Path, log: null));
        var (aware, blur) = (Detectors.All.ByName(Detectors.Artefact), (ISequenceCondition)new FrameByFrame(new BlurCondition(1)));
        FoldNetwork Teach(DetectorEntry kind, long seed, params ISequenceCondition[] conditions)
        {
            using var taught = networks.Teach(kind, conditions, seed, null, Stop);
            return taught;
        }

        var first = Teach(aware, 1, Clean);
        Assert.Equal(Numbers(first), Numbers(Teach(aware, 1, Clean)));
        File.Delete(Directory.GetFiles(folder.Path, "*-1.cached").Single());
        var again = Teach(aware, 1, Clean);
        Assert.Equal(first.Family.Sha256, again.Family.Sha256);
        Assert.Equal(Numbers(first), Numbers(again));
        string[] hashes =
            [first.Family.Sha256, Teach(aware, 2, Clean).Family.Sha256, Teach(aware, 1, blur).Family.Sha256,
            Teach(Detectors.All.ByName(Detectors.ArtefactUnaware), 1, Clean).Family.Sha256];
        Assert.Equal(4, hashes.Distinct().Count());
        var both = Teach(aware, 1, Clean, blur);
        Assert.Equal(2, both.Tables.Count);
        Assert.NotEqual(both.Tables[0][frames[0]], both.Tables[1][frames[0]]);

        IEnumerable<float> Numbers(FoldNetwork network) => frames.SelectMany(frame => network.Tables[0][frame]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ISequenceCondition Clean { get; } = new FrameByFrame(new CleanCondition());

    private (IReadOnlyList<ExperimentFrame> Frames, FoldDetection Detection) Make()
    {
        var info =
            new StoreInfo { Name = "networks", Size = Size, CropSpecification = "none", Arguments = ["test"], LicenceSummary = "none" };
        using var writer = StoreWriter.Create(folder["store"], info);
        for (var person = 0; person < Roles.Length; person++)
        {
            foreach (var generator in new[] { null, "few-shot", "self-blend" })
            {
                for (var f = 0; f < Frames; f++)
                {
                    writer.Add(new FrameRecord
                    {
                        Key = FormattableString.Invariant($"p{person}-{generator ?? "real"}-{f:D4}"),
                        Identity = $"p{person}",
                        Video = $"p{person}-v0",
                        FrameNumber = f,
                        TimeS = f / 25.0,
                        Landmarks = new Landmarks68(new float[136]),
                        Origin = Origins.Of(generator == "few-shot" ? "ff" : generator, generator == "few-shot" ? 1 : null),
                    }, Noise(person, f, generator switch { null => 24, "few-shot" => 12, _ => 16 }));
                }
            }
        }

        var store = writer.Complete();
        ExperimentFrame[] frames = [.. store.Frames.Select(record => new ExperimentFrame(record, store))];
        var fold = new Fold("all", Enumerable.Range(0, Roles.Length).ToDictionary(i => $"p{i}", i => Roles[i]), false);
        return (frames, new FoldDetection(Config, fold, frames));
    }

    private static RgbImage Noise(int person, int frame, int strength)
    {
        var random = new SeededRandom(person, $"noise/{frame}/{strength}");
        var image = new RgbImage(Size, Size);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(100 + (10 * person) + random.NextInt(strength));
        return image;
    }
}
