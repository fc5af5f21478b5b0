using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>The options that say which marks an export gets, and the key of its watermark.</summary>
internal sealed class MarkSettings
{
    private readonly Option<bool> noLabel = Options.Switch("--no-label", "Leave out the visible label; the sidecar says so.");
    private readonly Option<bool> noWatermark = Options.Switch("--no-watermark", "Leave out the invisible watermark; the sidecar says so.");
    private readonly Option<bool> noXmp =
        Options.Switch("--no-xmp", "Leave out the XMP that says how the file came to be; the sidecar says so.");
    private readonly Option<string?> key = KeyOption();

    /// <summary>The option that both <c>generate</c> and <c>provenance verify</c> have.</summary>
    public static Option<string?> KeyOption() =>
        Options.Optional<string?>("--watermark-key",
            $"A file with a watermark key of your own; default {WatermarkKey.EnvironmentVariable}, then the project's public key.", "FILE");

    /// <summary>The user's own key, or null.</summary>
    public static WatermarkKey? OwnKey(string? file)
    {
        var path = file ?? Environment.GetEnvironmentVariable(WatermarkKey.EnvironmentVariable);
        return string.IsNullOrEmpty(path) ? null : WatermarkKey.Load(path);
    }

    public void AddTo(Command command)
    {
        Option[] all = [noLabel, noWatermark, noXmp, key];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>What the user chose.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="form">What is written: a research store never carries a mark.</param>
    public ExportOptions Of(CommandRun run, OutputForm form)
    {
        Option[] all = [noLabel, noWatermark, noXmp, key];
        if (form == OutputForm.Store && all.FirstOrDefault(run.IsGiven) is { } given)
        {
            throw new UserErrorException(
                $"{given.Name} is for videos and pictures; a research store never carries a mark. Leave it out, or choose --format mp4 "
                + "or png.", exitCode: 2);
        }

        if (run.Get(noWatermark) && run.IsGiven(key))
            throw new UserErrorException("--watermark-key and --no-watermark exclude each other. Leave one out.",
                exitCode: 2);
        return new ExportOptions
        {
            Label = !run.Get(noLabel),
            Watermark = run.Get(noWatermark) ? null : OwnKey(run.Find(key)) ?? WatermarkKey.Public,
            Xmp = !run.Get(noXmp),
        };
    }

    /// <summary>Says on the error stream which marks were left out.</summary>
    public static void Warn(CommandRun run, ExportMarks marks)
    {
        string[] missing =
            [.. new[] { marks.VisibleLabel ? null : "visible label", marks.InvisibleWatermark ? null : "watermark",
            marks.SourceTypeMetadata ? null : "XMP source type" }.OfType<string>()];
        if (missing.Length > 0) run.Warn(
            $"this export carries no {string.Join(", no ", missing)}; its sidecar says so. Keep the two together.");
    }
}

/// <summary>What <c>generate</c> writes.</summary>
internal enum OutputForm
{
    /// <summary>A video where the name ends in .mp4, else a store.</summary>
    Auto,

    /// <summary>H.264 in mp4, with a sidecar.</summary>
    Mp4,

    /// <summary>A folder of pictures, with a sidecar.</summary>
    Png,

    /// <summary>A research store.</summary>
    Store,
}
