using System.Globalization;

namespace ForensicHeads.Generator.Programs;

/// <summary>A generator of others: a program that is given pictures and gives pictures (<see cref="GeneratorFile"/>). One job at a time,
/// since such programs take a whole graphics card or much memory.</summary>
public sealed class ProgramGenerator : GeneratorEntry, IDisposable
{
    private readonly Lock gate = new();
    private readonly GeneratorFile file;
    private readonly ForeignCommand command;
    private readonly ProgramFiles files;
    private readonly WarmProgram? warm;

    private ProgramGenerator(GeneratorFile file, string path)
        : base(file.Name, GeneratorPart.Attacker, Generators.RankOfUnknown, ShotNeed.Drawn)
    {
        (this.file, command) = (file, file.CommandIn(path));
        files = new ProgramFiles(command.Folder, file.Ignore);
        warm = file.Warm ? new WarmProgram(command) : null;
        FileSha256 = Hashes.OfText(GeneratorFile.Text(path));
        Key = Hashes.OfText($"{FileSha256}\n{files.Sha256}");
    }

    /// <summary>What its frames depend on: the JSON file and the files of the program.</summary>
    public string Key { get; }

    /// <summary>SHA-256 of the JSON file, which stands in the index as that of the weights.</summary>
    public string FileSha256 { get; }

    /// <summary>Name and version.</summary>
    public string Title => Version is { } version ? $"{Name} {version}" : Name;

    /// <summary>Its own version; null where it says none.</summary>
    public string? Version => file.Version.Length > 0 ? file.Version : null;

    /// <summary>Shot counts that it can use; empty for any.</summary>
    public IReadOnlyList<int> ShotCounts => file.Shots;

    /// <inheritdoc/>
    public override IReadOnlyList<Mode> Modes => [file.Mode];

    /// <inheritdoc/>
    public override string? Licence => file.Licence;

    /// <inheritdoc/>
    public override bool Takes(int shots) => file.Shots.Count == 0 || file.Shots.Contains(shots);

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => FileSha256;

    /// <summary>Opens a generator.</summary>
    /// <exception cref="UserErrorException">Missing, not such a file, or a value that is not allowed.</exception>
    public static ProgramGenerator Open(string path) => new(GeneratorFile.Read(path), path);

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        lock (gate)
        {
            if (task.Clips.Count < 2) return MadePart.Of(Clip(task, task.Drivers, task.Log, cancellation));
            var drivers = task.Drivers.ToArray();
            var (frames, at) = (new List<RgbImage>(drivers.Length), 0);
            foreach (var (i, length) in task.Clips.Index())
            {
                var log = task.Log is null ? null : string.Create(CultureInfo.InvariantCulture, $"{task.Log}-clip{i}");
                frames.AddRange(Clip(task, drivers[at..(at + length)], log, cancellation));
                at += length;
            }

            return MadePart.Of(frames);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => warm?.Dispose();

    private IReadOnlyList<RgbImage> Clip(GeneratorTask task, IEnumerable<Shot> drivers, string? keep, CancellationToken cancellation)
    {
        using var job = new GeneratorJob(file, task, drivers);
        var log = new ProgramLog();
        try
        {
            if (warm is null) ForeignProgram.Run(command, job.Values, log, cancellation);
            else warm.Ask(job.Values, log, cancellation);
            files.CheckUnchanged("frames");
            return job.Read(cancellation);
        }
        catch (JobFailedException error)
        {
            // The folder is another in every run, and gone afterwards.
            throw new JobFailedException(error.Message.Replace(job.Folder, "…", StringComparison.Ordinal), error);
        }
        finally
        {
            if (keep is not null && (log.Length > 0 || File.Exists(keep + ProgramLog.Ending)))
                AtomicFile.WriteBytes(keep + ProgramLog.Ending, log.ToArray());
        }
    }
}
