using System.ComponentModel;
using System.Globalization;

namespace ForensicHeads.Cli.Doctor;

/// <summary>Tries everything that lies outside the .NET assemblies.</summary>
internal static class Checks
{
    private const long EnoughDisk = 2L << 30;
    private const string InstallFfmpeg = "apt-get install ffmpeg (the system's build has libx264)";

    /// <summary>All findings, the needed ones first.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(string? models, CancellationToken cancellation) =>
    [
        Library("OpenCV", "apt-get install libgtk-3-0 libdrm2 libatomic1", () =>
            $"{ImageCodec.EncodePng(new RgbImage(2, 2)).Length} bytes of PNG made"),
        Library("libtorch", LibtorchFolder.Flavour == Flavour.Folder && LibtorchFolder.Named.Fault is not null ? "see docs/gpu.md" :
            "install libstdc++6 of GCC 13 or newer (GLIBCXX_3.4.32: Debian 13, Ubuntu 24.04) and libgomp1; ./forensicheads prints the "
            + "commands for this system", () =>
        {
            TorchRuntime.EnsureLoaded();
            return string.Create(CultureInfo.InvariantCulture,
                $"version {TorchRuntime.LoadedVersion ?? TorchRuntime.Version}, {TorchRuntime.Threads} threads");
        }),
        Library("ONNX Runtime", "apt-get install libstdc++6 libgomp1", () => $"version {OnnxSession.RuntimeVersion}"),
        await ProgramAsync("ffmpeg", ["-hide_banner", "-encoders"], "libx264", cancellation).ConfigureAwait(false),
        await ProgramAsync("ffprobe", ["-hide_banner", "-version"], "ffprobe", cancellation).ConfigureAwait(false),
        Disk("disk, working folder", Directory.GetCurrentDirectory()),
        Disk("disk, temporary files", Path.GetTempPath()),
        .. await CardChecks.RunAsync(cancellation).ConfigureAwait(false),
        .. ModelRegistry.List(models).Select(Model),
    ];

    private static Finding Library(string name, string remedy, Func<string> probe)
    {
        try
        {
            return new Finding(name, true, true, probe(), "");
        }
        catch (Exception error)
        {
            // Whatever a native library fails with, the doctor reports it and goes on.
            var cause = error;
            while (cause.InnerException is { } inner) cause = inner;
            return new Finding(name, false, true, $"does not load: {cause.Message.ReplaceLineEndings(" ")}", remedy);
        }
    }

    private static async Task<Finding> ProgramAsync(string name, string[] arguments, string mustSay, CancellationToken cancellation)
    {
        try
        {
            var text = (await SystemProgram.RunAsync(name, arguments, cancellation: cancellation).ConfigureAwait(false)).Output;
            return text.Contains(mustSay, StringComparison.Ordinal)
                ? new Finding(name, true, true, mustSay == name ? text.Split('\n')[0].Trim() : $"has {mustSay}", "")
                : new Finding(name, false, true, $"has no {mustSay}", InstallFfmpeg);
        }
        catch (Win32Exception error)
        {
            return new Finding(name, false, true, $"does not start: {error.Message}", InstallFfmpeg);
        }
    }

    private static Finding Disk(string name, string folder)
    {
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var detail = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.#} GiB free");
            return free >= EnoughDisk ? new Finding(name, true, true, detail, "")
                : new Finding(name, false, true, detail, $"free some space at {folder}: 2 GiB and more are needed");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Finding(name, false, false, error.Message, "check the disk by hand");
        }
    }

    private static Finding Model(ModelEntry entry)
    {
        var name = $"model {entry.Model.Name}";
        return entry.State switch
        {
            ModelState.Ok => new Finding(name, true, false, entry.Path!, ""),
            ModelState.Mismatch =>
                new Finding(name, false, false, $"{entry.Path} has another SHA-256",
                "remove it and run ./forensicheads models fetch --from DIR"),
            _ => new Finding(name, false, false, $"{entry.Model.Role}; {(entry.Model.Needed ? "ingest needs it" : "an extra")}",
                "./forensicheads models fetch --from DIR"),
        };
    }
}

/// <summary>What the doctor found of one thing.</summary>
/// <param name="Name">The thing.</param>
/// <param name="Ok">Whether it is there and works.</param>
/// <param name="Needed">Whether the tool fails without it.</param>
/// <param name="Detail">What was seen, in a few words.</param>
/// <param name="Remedy">What to do about it; empty when all is well.</param>
internal sealed record Finding(string Name, bool Ok, bool Needed, string Detail, string Remedy)
{
    /// <summary>ok, missing (needed) or absent (optional).</summary>
    public string State => Ok ? "ok" : Needed ? "missing" : "absent";
}
