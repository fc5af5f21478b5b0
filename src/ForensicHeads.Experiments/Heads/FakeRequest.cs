using System.Text.Json.Serialization;

namespace ForensicHeads.Experiments.Heads;

/// <summary>Which fakes are to be made of the people of a store.</summary>
public sealed record FakeRequest
{
    /// <summary>Least <see cref="Size"/>, pixels.</summary>
    public const int SmallestSize = 8;

    /// <summary>Names of some of <see cref="Generators.OfFakes"/>, and paths of <c>NAME.generator.json</c>.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [Generators.FewShot.Name];

    /// <summary>Meta-learnt weights, by shipped name or path.</summary>
    public string Weights { get; init; } = "heads-64";

    /// <summary>The auto-encoder, likewise.</summary>
    public string AutoEncoder { get; init; } = "autoencoder";

    /// <summary>Modes of the few-shot generator.</summary>
    public IReadOnlyList<Mode> Modes { get; init; } = [Mode.Ff, Mode.Ft];

    /// <summary>Shot counts, drivers and draws.</summary>
    public ShotOptions Shots { get; init; } = new() { Draws = 1, DriverFrames = 16 };

    /// <summary>Most self-blended frames of a person, evenly spaced over their frames; 0 blends all.</summary>
    public int Blends { get; init; } = 64;

    /// <summary>What the frames undergo, each on its own (<see cref="FrameConditions"/>); null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Conditions { get; init; }

    /// <summary>Whether true frames stand beside the fakes, as many of each person. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Balance { get; init; }

    /// <summary>How heads are fine-tuned; its mode does not count.</summary>
    public AdaptOptions Adapt { get; init; } = new();

    /// <summary>Side of the fakes in pixels, where no network sets it; null for the source's.</summary>
    public int? Size { get; init; }

    /// <summary>The generators of the toolkit that <see cref="Methods"/> name.</summary>
    internal IEnumerable<GeneratorEntry> Own => Methods.Where(method => !GeneratorFile.IsOne(method)).Select(Generators.All.ByName);

    /// <summary>The files that they name.</summary>
    internal IEnumerable<string> Files => Methods.Where(GeneratorFile.IsOne);

    /// <summary>Whether any method runs one of the toolkit's networks.</summary>
    internal bool NeedsNetworks => Own.Any(generator => generator.NeedsWeights || generator.NeedsAutoEncoder);

    /// <summary>Whether any method needs shots and drivers.</summary>
    internal bool NeedsShots => Files.Any() || Own.Any(generator => !generator.StandsIn);

    /// <summary>Checks what needs no file.</summary>
    /// <exception cref="UserErrorException">A value that is not allowed.</exception>
    public FakeRequest Validated()
    {
        string[] known = [.. Generators.OfFakes.Select(generator => generator.Name)];
        if (Methods.Count == 0 || Methods.Distinct(StringComparer.Ordinal).Count() < Methods.Count
            || Methods.Except(known).Except(Files).Any())
        {
            throw new UserErrorException(
                $"The generators are '{string.Join(", ", Methods)}'; give one or more of {string.Join(", ", known)} and of files that end "
                + $"in {GeneratorFile.Ending}, each once."
                + (Methods.Except(known).Except(Files).FirstOrDefault() is { } other ? NearestName.Suggestion(other, known) : ""),
                exitCode: 2);
        }

        foreach (var condition in Conditions ?? []) FrameConditions.ByName(condition, Shots.Seed);
        if (Conditions is { } named && (named.Count == 0 || named.Distinct(StringComparer.Ordinal).Count() < named.Count))
            throw new UserErrorException(
                $"The conditions are '{string.Join(", ", named)}'; give one or more of {string.Join(", ", FrameConditions.All.Names)}, "
                + "each once.", exitCode: 2);
        if (Modes.Count == 0
            || Modes.Distinct()
            .Count() < Modes.Count) throw new UserErrorException(
                $"The modes are '{string.Join(", ", Modes.Select(mode => mode.Text()))}'; give ff, ft or both, each once.", exitCode: 2);
        if (Shots.ShotCounts.Count == 0 || Shots.ShotCounts.Any(count => count < 1))
            throw new UserErrorException(
                $"The shot counts are '{string.Join(", ", Shots.ShotCounts)}'; give numbers from 1.", exitCode: 2);
        if (Shots.DriverFrames is < 1 or > 1000) throw new UserErrorException($"{Shots.DriverFrames} driver frames are outside 1 … 1000.",
            exitCode: 2);
        if (Shots.Draws is < 1 or > 20) throw new UserErrorException($"{Shots.Draws} draws are outside 1 … 20.", exitCode: 2);
        if (Blends is < 0 or > 1_000_000)
            throw new UserErrorException($"{Blends} self-blended frames are outside 0 … 1000000; 0 blends all.",
                exitCode: 2);
        if (NeedsNetworks && Size is { } size)
            throw new UserErrorException(
                $"Size {size} px was asked for, but {Weights} sets the size of what the networks make. Leave --size out, or make the other "
                + "methods' fakes in a run of their own.", exitCode: 2);
        if (Size
            is < SmallestSize) throw new UserErrorException(
                $"Size {Size} px is outside {SmallestSize} px … the size of the store's frames.", exitCode: 2);
        Adapt.Validated();
        return this;
    }
}
