using System.Text.RegularExpressions;

namespace ForensicHeads.Foundation.Programs;

/// <summary>How a program of others is started: without a shell, in its own folder, and with nothing of the environment but <c>PATH</c>,
/// <c>HOME</c>, <c>CUDA_VISIBLE_DEVICES</c> and what it names.</summary>
public sealed partial record ForeignCommand
{
    private static readonly string[] Usual = ["PATH", "HOME", "CUDA_VISIBLE_DEVICES"];

    /// <summary>The program and its arguments, with placeholders such as <c>{out}</c> in them.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Full path of the folder that it runs in.</summary>
    public required string Folder { get; init; }

    /// <summary>Names of further variables of the environment that it may see.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The longest that a job may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Checks what can be checked without starting it.</summary>
    /// <param name="where">Whose command it is, for the message.</param>
    /// <param name="needed">Placeholders that must occur.</param>
    /// <param name="known">Placeholders that may occur, too.</param>
    /// <exception cref="UserErrorException">No program, a placeholder that is missing or unknown, or no such folder.</exception>
    public void Check(string where, IReadOnlyList<string> needed, IReadOnlyList<string> known)
    {
        if (Words.Count == 0 || Words[0].Length == 0 || Words.Any(word => word.Contains('\0')))
            throw new UserErrorException($"{where}: command is empty. Name the program and its arguments, each a text of its own.", 2);
        string[] named = [.. Words.SelectMany(word => Placeholder().Matches(word).Select(match => match.Groups[1].Value)).Distinct()];
        if (named.Except([.. needed, .. known]).FirstOrDefault() is { } other) throw new UserErrorException(
            $"{where}: the placeholder {{{other}}} of command is not known; there are {Braced([.. needed.Union(known)])}.", 2);
        if (needed.Except(named).FirstOrDefault() is { } missing) throw new UserErrorException(
            $"{where}: command lacks the placeholder {{{missing}}}, so the program would not be told; it needs {Braced(needed)}.", 2);
        if (!Directory.Exists(Folder)) throw new UserErrorException(
            $"{where}: folder is {Folder}, which does not exist. Give the folder of the program, as seen from this file.", 2);
    }

    /// <summary>Program and arguments of a job.</summary>
    /// <param name="values">What stands for each placeholder.</param>
    /// <exception cref="JobFailedException">There is no such program.</exception>
    internal IReadOnlyList<string> With(IReadOnlyDictionary<string, string> values) =>
    [
        Program(Words[0]),
        .. Words.Skip(1).Select(word => Placeholder().Replace(word, match => values.GetValueOrDefault(match.Groups[1].Value, match.Value))),
    ];

    /// <summary>The environment that it sees.</summary>
    internal IEnumerable<(string Name, string Value)> Variables() =>
        from name in Usual.Concat(Environment).Distinct(StringComparer.Ordinal)
        let value = System.Environment.GetEnvironmentVariable(name)
        where value is not null
        select (name, value);

    // What stands in the folder where the toolkit happens to run must not be taken for a program of the path.
    private string Program(string name)
    {
        if (name.Contains(Path.DirectorySeparatorChar)) return Path.GetFullPath(name, Folder);
        var places = System.Environment.GetEnvironmentVariable("PATH") ?? "";
        return places.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(place => Path.Combine(place, name))
            .FirstOrDefault(File.Exists)
            ?? throw new JobFailedException($"there is no program {name} on the PATH; install it, or give its path in command");
    }

    private static string Braced(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"{{{name}}}"));

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Placeholder();
}

/// <summary>A job of a program of others failed: why, in one line. The run goes on without it.</summary>
public sealed class JobFailedException(string why, Exception? inner = null) : Exception(PrintedText.Line(why), inner);
