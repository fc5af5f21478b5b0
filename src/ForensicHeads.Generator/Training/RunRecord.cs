using System.Runtime.InteropServices;
using System.Text.Json;

namespace ForensicHeads.Generator.Training;

/// <summary>What a training run was begun with: <c>run.json</c>, and one line of every checkpoint.</summary>
public sealed record RunRecord
{
    /// <summary>Key of <see cref="Inputs"/>: hash of the data that the sample grids show.</summary>
    internal const string SamplesKey = "samples_data";

    /// <summary>How to learn.</summary>
    public required TrainOptions Options { get; init; }

    /// <summary>The sizes of the networks.</summary>
    public required NetworkPreset Preset { get; init; }

    /// <summary>Hash of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>Number of its videos.</summary>
    public required int Videos { get; init; }

    /// <summary>SHA-256 of the weights it started from; empty for fresh ones, null where that was not noted.</summary>
    public string? Init { get; init; }

    /// <summary>With what it was begun: code, device, threads; null in records of older versions.</summary>
    public RunEnvironment? Environment { get; init; }

    /// <summary>What the frames were taken from: store, split, role, frames a video, people of the sample grids.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Facts for the weights' metadata: licence, command.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the record of a run's folder; null when it has none.</summary>
    /// <exception cref="UserErrorException">It is damaged.</exception>
    public static RunRecord? Find(string folder) =>
        PlainFile.IsThere(folder, RunFolder.OptionsName) ? CanonicalJson.Read<RunRecord>(folder, RunFolder.OptionsName) : null;

    /// <summary>Reads the line of a checkpoint.</summary>
    /// <exception cref="UserErrorException">It cannot be understood.</exception>
    internal static RunRecord Parse(string line, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(line, CanonicalJson.Line) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{file} describes its run in a form this version cannot read: {error.Describe()} Delete it to resume from the one before.",
                inner: error);
        }
    }

    /// <summary>Refuses to go on with anything but what the run was begun with: the end would be nobody's.</summary>
    /// <param name="now">What it would go on with.</param>
    /// <param name="file">Where this record lies, for the message.</param>
    /// <exception cref="UserErrorException">The data, or the first value that differs.</exception>
    internal void CheckSame(RunRecord now, string file)
    {
        if (Data != now.Data) throw new UserErrorException(
            $"{file} was made on other data (hash {Data}, now {now.Data}). Resume with the store it was started on, or start a new run "
            + "folder.");
        var (begun, current) = (Values().ToDictionary(), (Init is null ? now with { Init = null } : now).Values().ToDictionary());
        foreach (var name in begun.Keys.Union(current.Keys))
        {
            var (then, value) = (begun.GetValueOrDefault(name, "none"), current.GetValueOrDefault(name, "none"));
            if (then != value) throw new UserErrorException(
                $"{file} was begun with {name} {then}, not {value}. Resume with the same (options left out are taken from "
                + "there), or start a new run folder.");
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Values() =>
    [
        // In which parts a step is computed changes roundings alone, and may have to change with the card.
        .. Members(Options with { MicroBatch = null }, ""), .. Members(Preset, "preset "),
        new("--init (SHA-256)", Init is { Length: > 0 } hash ? hash : "none"),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Members<T>(T value, string prefix) =>
        JsonSerializer.SerializeToElement(value, CanonicalJson.Line).EnumerateObject()
            .Select(member => KeyValuePair.Create(prefix + member.Name, member.Value.GetRawText()));
}

/// <summary>With what a training runs: the things beside options and data on which the last bit of its weights can depend.</summary>
public sealed record RunEnvironment
{
    /// <summary>Version of the toolkit.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Fingerprint of the compiled code of the rooms that learn (their module version ids): the same sources built alike give the
    /// same.</summary>
    public required string Code { get; init; }

    /// <summary>Where the networks run, and in which numbers where these are not float32: <c>cpu</c>, <c>cuda:0 bf16</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of one operation.</summary>
    public required int Threads { get; init; }

    /// <summary>Version of the native library.</summary>
    public required string Libtorch { get; init; }

    /// <summary>.NET and the processor's architecture.</summary>
    public required string Runtime { get; init; }

    /// <summary>This process.</summary>
    /// <param name="compute">Where, and in which numbers, the networks run.</param>
    public static RunEnvironment Here(Compute compute)
    {
        Type[] rooms = [typeof(CanonicalJson), typeof(TorchRuntime), typeof(MetaTraining)];
        return new RunEnvironment
        {
            ToolVersion = typeof(MetaTraining).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
            Code = Hashes.OfText(string.Join('\n', rooms.Select(room => room.Module.ModuleVersionId)))[..16],
            Device = compute.Name,
            Threads = TorchRuntime.Threads,
            Libtorch = TorchRuntime.Version,
            Runtime = $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}",
        };
    }

    /// <summary>The first thing in which another environment differs, for a warning; null where none does.</summary>
    public string? Difference(RunEnvironment now)
    {
        ArgumentNullException.ThrowIfNull(now);
        (string Name, object Then, object Now)[] all =
        [
            ("device", Device, now.Device), ("threads", Threads, now.Threads), ("libtorch", Libtorch, now.Libtorch),
                ("code", Code, now.Code), ("runtime", Runtime, now.Runtime),
        ];
        return all.Where(item => !item.Then.Equals(item.Now))
            .Select(item => FormattableString.Invariant($"{item.Name} {item.Then}, now {item.Now}")).FirstOrDefault();
    }
}
