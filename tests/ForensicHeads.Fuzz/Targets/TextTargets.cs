namespace ForensicHeads.Fuzz.Targets;

/// <summary>A consent record as <c>--consent FILE</c> takes it.</summary>
internal sealed class ConsentTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds => [SeedTexts.Consent];

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["input.json"], input);
        ConsentFile.Read(this["input.json"]);
    }
}

/// <summary>An experiment file.</summary>
internal sealed class ExperimentTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds => [SeedTexts.Experiment];

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["input.json"], input);
        ExperimentFile.Read(this["input.json"], this["nowhere"]);
    }
}

/// <summary>A <c>manifest.csv</c> with two files beside it.</summary>
internal sealed class ManifestTarget : FuzzTarget
{
    public ManifestTarget()
    {
        Directory.CreateDirectory(this["source/ann"]);
        foreach (var file in new[] { "a.mp4", "b.mp4" }) File.WriteAllText(this[$"source/ann/{file}"], "no video");
    }

    public override IReadOnlyList<byte[]> Seeds => [SeedTexts.Manifest];

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["source/manifest.csv"], input);
        new FolderLayout().List(this["source"], licence: null);
    }
}

/// <summary>A split.</summary>
internal sealed class SplitTarget : FuzzTarget
{
    public SplitTarget()
    {
        new Split
        {
            Name = "fuzz",
            Seed = 1,
            Identities =
                new Dictionary<string, SplitRole> { ["ann"] = SplitRole.Train, ["bob"] = SplitRole.Test }
        }.Save(this["seed.json"]);
        Seeds = [File.ReadAllBytes(this["seed.json"])];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["input.json"], input);
        Split.Load(this["input.json"]);
    }
}
