using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Losses;

public sealed class ObjectiveTests : IDisposable
{
    private static readonly TrainOptions Silent = TinyScene.Options with
    {
        ContentWeight = 0,
        AdversarialWeight = 0,
        FeatureMatchingWeight = 0,
        MatchingWeight = 0,
        DiscriminatorUpdates = 0
    };

    private readonly string folder = Directory.CreateTempSubdirectory("objective-").FullName;
    private readonly GeneratorWeights weights = new(TinyScene.Preset, 1);
    private readonly FaceVideos data = TinyScene.Data(2, 6);

    static ObjectiveTests() => LossTerms.All.Add(new Brightness());

    public void Dispose()
    {
        weights.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_further_term_alone_gives_its_figure_and_its_gradient()
    {
        var seen = 0.0;
        Assert.Equal(0, Gradient(null, out _));
        Assert.NotEqual(0, Gradient(2, out seen));
        Assert.InRange(seen, -1, 1);
        // Twice the weight, twice the gradient, the same figure.
        Assert.Equal(2 * Gradient(2, out _), Gradient(4, out var again), 1e-6);
        Assert.Equal(seen, again);
    }

    [Fact]
    public async Task A_further_term_stands_in_the_figures_and_in_the_record_and_is_needed_to_resume()
    {
        var run = new RunFolder(Path.Combine(folder, "run"));
        Task<string> Run(double? weight, bool resume) =>
            new MetaTraining(data, weights, TinyScene.Options with { Terms = Terms(weight) }, run)
                .RunAsync(resume, null, TestContext.Current.CancellationToken);
        await Run(0.5, resume: false);
        using var line = JsonDocument.Parse(File.ReadAllLines(run.StatsFile)[^1]);
        Assert.InRange(line.RootElement.GetProperty("brightness").GetDouble(), -1, 1);
        Assert.Equal(0.5, RunRecord.Find(run.Path)!.Options.Terms!["brightness"]);
        using var trained = GeneratorWeights.Load(run.WeightsFile);
        Assert.Contains("\"terms\":{\"brightness\":0.5}", trained.Metadata["options"], StringComparison.Ordinal);
        Assert.Contains(RunFolder.StatsName, RunFiles.Confirmed(run.Path));

        var error = await Assert.ThrowsAsync<UserErrorException>(() => Run(null, resume: true));
        Assert.Contains("begun with terms {\"brightness\":0.5}, not none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fine_tuning_learns_by_the_same_terms()
    {
        using var scope = NewDisposeScope();
        var embedding = new FewShotGenerator(weights, new AdaptOptions()).Embed(TinyScene.Shots(0, 2));
        var options =
            new AdaptOptions { ContentWeight = 0, AdversarialWeight = 0, FeatureMatchingWeight = 0, AverageDecay = 0, Terms = Terms(1) };
        using var learner = new FineTuner(weights, embedding, options);
        var frames = FrameTensor.From([TinyScene.Picture(0, 0)], CPU);
        var landmarks = FrameTensor.From([LandmarkRaster.Draw(TinyScene.Face(0), TinyScene.Size)], CPU);
        var first = Values(learner.Learn(frames, landmarks, 1));
        for (var step = 0; step < 10; step++) learner.Learn(frames, landmarks, 1);
        Assert.Equal(["content", "brightness"], first.Keys);
        Assert.True(Values(learner.Learn(frames, landmarks, 1))["brightness"] < first["brightness"]);
    }

    [Fact]
    public void The_sum_is_that_of_the_weighted_terms_and_terms_without_what_they_need_stay_out()
    {
        using var scope = NewDisposeScope();
        using var objective = new Objective(TinyScene.Options with { ContentWeight = 3, Terms = Terms(2) });
        var (made, truth) = (FrameTensor.From([TinyScene.Picture(0, 0)], CPU), FrameTensor.From([TinyScene.Picture(1, 0)], CPU));
        var sum = objective.Of(new LossStep(made, truth));
        var values = Values(sum);
        Assert.Equal(["content", "brightness"], values.Keys);
        Assert.Equal((3 * values["content"]) + (2 * values["brightness"]), sum.Total.item<float>(), 1e-6);
    }

    private static Dictionary<string, double> Values(LossSum sum) =>
        sum.Terms.ToDictionary(term => term.Key, term => term.Value.ToNumber());

    [Fact]
    public void D_is_asked_once_and_only_by_a_term_that_wants_it()
    {
        using var scope = NewDisposeScope();
        var asked = 0;
        var frames = zeros(1, 3, 8, 8);
        var step = new LossStep(frames, frames, () =>
        {
            asked++;
            return new DiscriminatorJudgement(new([frames], frames), new([frames], frames), ones(1));
        });
        new Brightness().Of(step);
        Assert.Equal(0, asked);
        Assert.Equal(-1, new AdversarialTerm().Of(step)!.item<float>());
        Assert.Equal(0, new FeatureMatchingTerm().Of(step)!.item<float>());
        Assert.Null(new MatchingTerm(MatchingReduction.Mean, false).Of(step));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_term_that_is_not_known_or_has_a_weight_below_0_is_refused()
    {
        Assert.Equal("There is no loss term 'darkness'; choose from brightness.", Assert.Throws<UserErrorException>(
            () => (TinyScene.Options with { Terms = new Dictionary<string, double> { ["darkness"] = 1 } }).Validated()).Message);
        Assert.Throws<UserErrorException>(() => (new AdaptOptions { Terms = Terms(-1) }).Validated());
    }

    // Norm of G's gradient in the first step.
    private double Gradient(double? weight, out double figure)
    {
        using var fresh = new GeneratorWeights(TinyScene.Preset, 1);
        using var learner = new MetaLearner(fresh, data.Videos, Silent with { Terms = Terms(weight) }) { Measures = true };
        using var batch = EpisodeFrames.Read(data, new EpisodeSampler(data, 2, 2, 1).Draw(0)).ToBatch(CPU);
        var losses = learner.Learn(batch);
        figure = losses.Of("brightness");
        return losses.Measures!.Generator!.Value;
    }

    private static Dictionary<string, double>? Terms(double? weight) => weight is { } value ? new() { ["brightness"] = value } : null;

    private sealed record Brightness : ILossTerm
    {
        public string Name => "brightness";

        public Tensor? Of(LossStep step) => step.Generated.mean();
    }
}
