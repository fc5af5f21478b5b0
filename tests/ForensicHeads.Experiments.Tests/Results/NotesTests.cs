namespace ForensicHeads.Experiments.Tests.Results;

public sealed class NotesTests : IDisposable
{
    private readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Theory]
    [InlineData(TrainedFor.Ft, TrainedFor.Ff, true)]
    [InlineData(TrainedFor.Both, TrainedFor.Ff, false)]
    [InlineData(TrainedFor.Ft, TrainedFor.Both, false)]
    [InlineData(null, null, false)]
    public void Two_meta_trainings_as_in_the_paper_are_told_of_only_where_the_weights_say_so(TrainedFor? tuned, TrainedFor? forward,
        bool separate)
    {
        var config = tiny.Config
            with
        {
            Generator = tiny.Config.Generator
            with
            { Weights = [Weights("tuned", tuned)], ForwardWeights = [Weights("forward", forward)] }
        };
        using var generators = ChosenGenerators.Load(config.Generator, Compute.Cpu);
        Assert.Equal(separate, generators.AreSeparate);
        var store = new StoreInfo
        {
            Name = "people",
            Size = 64,
            CropSpecification = "",
            LicenceSummary = "",
            Arguments = ["ingest", "--size", "64"],
        };
        var limitations = Notes.Limitations(config, store, generators.AreSeparate);
        var real = Notes.Limitations(config with { Procedural = null }, store, generators.AreSeparate);
        Assert.StartsWith("The people are those of one store, people, made by 'ingest --size 64'; ", real[0], StringComparison.Ordinal);
        Assert.Equal(separate, limitations.Contains("Feed-forward and fine-tuned heads come from two meta-trainings, as in the paper."));
        Assert.Equal(!separate, limitations.Any(line => line.Contains("whose files do not say", StringComparison.Ordinal)));
    }

    private string Weights(string name, TrainedFor? purpose)
    {
        using var weights = GeneratorWeights.Load(tiny["weights.safetensors"]);
        var metadata = new Dictionary<string, string>();
        if (purpose is { } known) metadata["options"] = CanonicalJson.ToLine(new TrainOptions().Meant(known));
        weights.Save(tiny[name + ".safetensors"], metadata);
        return tiny[name + ".safetensors"];
    }
}
