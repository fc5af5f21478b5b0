using System.Globalization;
using System.Text;

namespace ForensicHeads.Detector.Foreign;

/// <summary>A detector that is a program: it is given a list of pictures or files and writes a list of scores. What it writes is taken for
/// the work of a stranger. One job at a time.</summary>
public sealed class ProgramDetector : IForeignDetector
{
    /// <summary>Placeholders that its command must name.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["list", "out"];

    private readonly Lock gate = new();
    private readonly ForeignCommand command;
    private readonly ProgramFiles files;

    private ProgramDetector(DetectorFile file, ForeignCommand command)
    {
        (File, this.command) = (file, command);
        files = new ProgramFiles(command.Folder, file.Ignore);
        Sha256 = Hashes.OfText($"{CanonicalJson.ToLine(file)}\n{files.Sha256}");
    }

    /// <inheritdoc/>
    public DetectorFile File { get; }

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <summary>What it said in the last job.</summary>
    public ProgramLog Log { get; private set; } = new();

    /// <inheritdoc/>
    /// <exception cref="JobFailedException">It gave nothing that can be used.</exception>
    public IReadOnlyList<double?[]> Score(IReadOnlyList<IReadOnlyList<ForeignSample>> clips, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clips);
        if (clips.Sum(clip => clip.Count) == 0) return [.. clips.Select(_ => Array.Empty<double?>())];
        lock (gate)
        {
            using var folder = new TemporaryFolder();
            Log = new ProgramLog();
            try
            {
                return File.Wants == ProgramWants.Files ? OfFiles(clips, folder, cancellation) : OfCrops(clips, folder, cancellation);
            }
            catch (JobFailedException error)
            {
                throw new JobFailedException(error.Message.Replace(folder.Path, "…", StringComparison.Ordinal), error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held between jobs.
    }

    /// <summary>Opens one.</summary>
    /// <exception cref="UserErrorException">Its command cannot be used.</exception>
    internal static ProgramDetector Open(DetectorFile file, string folder)
    {
        var command = new ForeignCommand
        {
            Words = file.Command,
            Folder = Path.GetFullPath(Path.Combine(folder, file.Folder)),
            Environment = file.Environment,
            Limit = TimeSpan.FromSeconds(file.TimeoutSeconds),
        };
        command.Check(file.Source, Needed, []);
        return new ProgramDetector(file, command);
    }

    private double?[][] OfCrops(IReadOnlyList<IReadOnlyList<ForeignSample>> clips, TemporaryFolder folder, CancellationToken cancellation)
    {
        var (names, at) = (clips.SelectMany(clip => clip).Select((_, i) => Name(i)).ToArray(), 0);
        ForeignSample[] all = [.. clips.SelectMany(clip => clip)];
        var place = OwnFiles.CreateFolder(folder.Path, "crops");
        ParallelLoop.Run(all.Length, i =>
            AtomicFile.WriteBytes(place, names[i] + ".png", ImageCodec.EncodePng(all[i].Picture)), cancellation);
        var scores = Ask([.. names.Select(name => (name, Path.Combine(place, name + ".png")))], folder, cancellation);
        return [.. clips.Select(clip => clip.Select(_ => scores[at++]).ToArray())];
    }

    // A file has one score, which all its frames share.
    private double?[][] OfFiles(IReadOnlyList<IReadOnlyList<ForeignSample>> clips, TemporaryFolder folder, CancellationToken cancellation)
    {
        string[] paths = [.. clips.Where(clip => clip.Count > 0).Select(clip => clip[0].Path)];
        if (paths.Contains("")) throw new UserErrorException(
            $"{File.Source}: the program wants source files (wants is files), and these frames come from a store. Use it where files are "
            + "scored, or let it want crops.", exitCode: 2);
        string[] distinct = [.. paths.Distinct(StringComparer.Ordinal)];
        var scores = Ask([.. distinct.Select((path, i) => (Name(i), Path.GetFullPath(path)))], folder, cancellation);
        return [.. clips.Select(clip => clip.Select(_ => scores[Array.IndexOf(distinct, clip[0].Path)]).ToArray())];
    }

    // Names tell nothing of who is seen or how a frame came to be.
    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{index:D6}");

    private double?[] Ask(IReadOnlyList<(string Key, string Path)> list, TemporaryFolder folder, CancellationToken cancellation)
    {
        var text = new StringBuilder("key,path\n");
        foreach (var (key, path) in list)
            text.Append(key).Append(",\"").Append(path.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\"\n");
        AtomicFile.WriteText(folder.Path, "list.csv", text.ToString());
        ForeignProgram.Run(command, new Dictionary<string, string> { ["list"] = folder["list.csv"], ["out"] = folder["out.csv"] }, Log,
            cancellation);
        files.CheckUnchanged("scores");
        var rows = Read(folder).Rows.ToDictionary(row => row.Name, row => row.Score, StringComparer.Ordinal);
        if (rows.Keys.Except(list.Select(one => one.Key)).FirstOrDefault() is { } other)
            throw new JobFailedException($"it scored '{other}', which was not in its list");
        return [.. list.Select(one => rows.GetValueOrDefault(one.Key))];
    }

    private static ScoreTable Read(TemporaryFolder folder)
    {
        try
        {
            var table = CsvReader.Read(folder.Path, "out.csv");
            return table.Header.Contains("key") ? new ScoreTable(table, "out.csv", DetectorTable.Of(table.Header))
                : throw new JobFailedException("the first line of out.csv must be key,score");
        }
        catch (UserErrorException error)
        {
            throw new JobFailedException($"its scores cannot be read: {error.Message}", error);
        }
    }
}
