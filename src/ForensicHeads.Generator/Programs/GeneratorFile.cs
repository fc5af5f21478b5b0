namespace ForensicHeads.Generator.Programs;

/// <summary>How drivers come to a program, or frames from it.</summary>
public enum FrameForm
{
    /// <summary>Pictures: <c>000.png</c>, <c>001.png</c> …</summary>
    Frames,

    /// <summary>A video beside the pictures, or in their place.</summary>
    Video,
}

/// <summary>A generator of others, as <c>NAME.generator.json</c> describes it.</summary>
public sealed record GeneratorFile
{
    /// <summary>What such a file is called.</summary>
    public const string Ending = ".generator.json";

    /// <summary>Placeholders that its command must name.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["shots", "driver", "out"];

    /// <summary>Placeholders that it may name.</summary>
    public static IReadOnlyList<string> Known { get; } = ["seed", "device"];

    /// <summary>Its name in the <c>generator</c> column and in tables: 1 to 60 letters, digits, <c>-</c>, <c>_</c> and <c>.</c></summary>
    public required string Name { get; init; }

    /// <summary>Its own version.</summary>
    public string Version { get; init; } = "";

    /// <summary>What its weights may be used for, in a line.</summary>
    public required string Licence { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The folder that it runs in, as seen from the file; all files in it count as the program.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>Shot counts that it can use, ascending; empty for any.</summary>
    public IReadOnlyList<int> Shots { get; init; } = [];

    /// <summary>Whether it also wants the driver as a video.</summary>
    public FrameForm Takes { get; init; }

    /// <summary>What it makes.</summary>
    public FrameForm Gives { get; init; }

    /// <summary>Longest that a job may take, seconds, 1 … 86,400.</summary>
    public int TimeoutSeconds { get; init; } = 900;

    /// <summary>Whether it is started once and asked many times.</summary>
    public bool Warm { get; init; }

    /// <summary>Whether it learns from the shots (<c>ft</c>) or not (<c>ff</c>).</summary>
    public Mode Mode { get; init; } = Mode.Ff;

    /// <summary>Names of variables of the environment that it may see.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Patterns of files in its folder that do not belong to it.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Whether a text names such a file, and not a generator of the catalogue.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EndsWith(Ending, StringComparison.Ordinal);
    }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="UserErrorException">Missing, not such a file, or a value that is not allowed.</exception>
    public static GeneratorFile Read(string path)
    {
        var file = CanonicalJson.OfText<GeneratorFile>(Text(path), path, "docs/plugins.md shows one.");
        Check(file.Name.Length is > 0 and <= 60 && file.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'), "name",
            file.Name, "1 to 60 letters, digits, '-', '_' and '.'");
        Check(Generators.All.Find(file.Name) is null, "name", file.Name, "one that no generator of the toolkit has");
        Check(file.Licence.Trim().Length > 0, "licence", file.Licence, "a line that says what its weights may be used for");
        Check(file.Shots.All(count => count >= 1) && file.Shots.Zip(file.Shots.Skip(1)).All(pair => pair.First < pair.Second), "shots",
            string.Join(", ", file.Shots), "ascending numbers from 1, or nothing where any number will do");
        Check(file.TimeoutSeconds is >= 1 and <= 86_400, "timeout_seconds", file.TimeoutSeconds, "1 to 86400");
        Check(Enum.IsDefined(file.Takes) && Enum.IsDefined(file.Gives), "takes or gives", file.Takes, "frames or video");
        // A warm program is told with every job.
        var words = file.CommandIn(path);
        if (file.Warm && file.Command.Any(word => Needed.Any(name => word.Contains($"{{{name}}}", StringComparison.Ordinal))))
            throw new UserErrorException($"{path}: a \"warm\" program is told {string.Join(", ", Needed)} with every job, on its standard "
                + "input. Leave them out of command.", exitCode: 2);
        words.Check(path, file.Warm ? [] : Needed, Known);
        return file;

        void Check(bool holds, string name, object value, string allowed)
        {
            if (!holds) throw new UserErrorException(
                FormattableString.Invariant($"{path}: {name} is '{value}'; allowed is {allowed}."), exitCode: 2);
        }
    }

    /// <summary>How its program is started.</summary>
    /// <param name="path">Where the file lies.</param>
    internal ForeignCommand CommandIn(string path) => new()
    {
        Words = Command,
        Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Folder)),
        Environment = Environment,
        Limit = TimeSpan.FromSeconds(TimeoutSeconds),
    };

    internal static string Text(string path) =>
        PlainFile.Reading($"the generator {path}", () => PlainFile.ReadText(path), exitCode: 2);
}
