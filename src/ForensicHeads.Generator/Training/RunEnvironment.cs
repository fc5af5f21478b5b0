using System.Runtime.InteropServices;

namespace ForensicHeads.Generator.Training;

/// <summary>With what a training runs: the things beside options and data on which the last bit of its weights can depend.</summary>
public sealed record RunEnvironment
{
    /// <summary>Version of the toolkit.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Fingerprint of the compiled code of the rooms that learn (their module version ids): the same sources built alike give the same.</summary>
    public required string Code { get; init; }

    /// <summary>Where the networks run: <c>cpu</c>, <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of one operation.</summary>
    public required int Threads { get; init; }

    /// <summary>Version of the native library.</summary>
    public required string Libtorch { get; init; }

    /// <summary>.NET and the processor's architecture.</summary>
    public required string Runtime { get; init; }

    /// <summary>This process.</summary>
    /// <param name="device">Where the networks run.</param>
    public static RunEnvironment Here(string device)
    {
        Type[] rooms = [typeof(CanonicalJson), typeof(TorchRuntime), typeof(MetaTraining)];
        return new RunEnvironment
        {
            ToolVersion = typeof(MetaTraining).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
            Code = Hashes.OfText(string.Join('\n', rooms.Select(room => room.Module.ModuleVersionId)))[..16],
            Device = device,
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
            ("device", Device, now.Device), ("threads", Threads, now.Threads), ("libtorch", Libtorch, now.Libtorch), ("code", Code, now.Code), ("runtime", Runtime, now.Runtime),
        ];
        return all.Where(item => !item.Then.Equals(item.Now)).Select(item => FormattableString.Invariant($"{item.Name} {item.Then}, now {item.Now}")).FirstOrDefault();
    }
}
