using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace ForensicHeads.Cli.Frame;

/// <summary>One run of a command: its options, its voice, its progress and the token that stops it.</summary>
internal sealed class CommandRun
{
    private readonly ParseResult parse;
    private readonly List<string> lines = [];
    private readonly Dictionary<string, FrameStore> stores = new(StringComparer.Ordinal);

    private CommandRun(ParseResult parse, CliContext context, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        this.parse = parse;
        Context = context;
        Progress = progress;
        Cancellation = cancellation;
    }

    /// <summary>Streams and clock.</summary>
    public CliContext Context { get; }

    /// <summary>Takes reports from long calls.</summary>
    public IProgress<StepProgress> Progress { get; }

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The command for metadata: no folder of this machine, and nothing that leaves the result as it is, so that equal work gives
    /// equal bytes.</summary>
    public string CommandText
    {
        get
        {
            // By their first names, where others were typed.
            var words = ((CliCommand)parse.CommandResult.Command).Path.Split(' ')
                .Concat(parse.Tokens.Where(token => token.Type != TokenType.Command).Select(token => token.Value)).ToList();
            words.RemoveAll(word => word is "--resume" or "--json" or "--verbose");
            foreach (var place in new[] { "--out", "--runs", "--run-name", "--cache" })
            {
                if (words.IndexOf(place) is var at and >= 0) words.RemoveRange(at, Math.Min(2, words.Count - at));
            }

            return string.Join(' ',
                words.Select(word => Path.IsPathRooted(word) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(word)) : word));
        }
    }

    /// <summary>The words after the command's name, without some options and their values, and without those of every
    /// command.</summary>
    public IReadOnlyList<string> WordsWithout(params string[] options)
    {
        string[] left = [.. options, "--json", "--verbose"];
        var words = new List<string>();
        var leaves = false;
        foreach (var token in parse.Tokens.Where(token => token.Type != TokenType.Command))
        {
            if (token.Type == TokenType.Option) leaves = left.Contains(token.Value);
            else if (token.Type == TokenType.DoubleDash) leaves = false;
            if (!leaves) words.Add(token.Value);
        }

        return words;
    }

    /// <summary>The value of an option that has a default, is required or is a switch.</summary>
    public T Get<T>(Option<T> option) => parse.GetValue(option)!;

    /// <summary>The value of an option that may be left out, or null.</summary>
    public T? Find<T>(Option<T> option) => parse.GetValue(option);

    /// <summary>Whether the user wrote the option down.</summary>
    public bool IsGiven(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>The value of an argument.</summary>
    public T Get<T>(Argument<T> argument) => parse.GetRequiredValue(argument);

    /// <summary>What a command says that is asked for the hash of its inputs alone; null where it is to work.</summary>
    /// <param name="hash">Gives it.</param>
    public CommandOutcome? InputsAlone(Func<string> hash)
    {
        if (Context.Share?.Inputs is not { } take) return null;
        var inputs = hash();
        take(inputs);
        return new CommandOutcome(new { inputs_sha256 = inputs });
    }

    /// <summary>A line of the result. Lines appear when the work is done; with <c>--json</c> they go to the error stream.</summary>
    public void Say(string line) => lines.Add(PrintedText.Line(line));

    /// <summary>Lines of the result that are one text, a table say, whose cells came through <see cref="PrintedText.Line"/>.</summary>
    public void SayText(string text) => lines.Add(PrintedText.Visible(text));

    /// <summary>A message for at once, on the error stream.</summary>
    public void Warn(string message)
    {
        var line = $"{CommandLine.Name}: {PrintedText.Line(message.ReplaceLineEndings(" "))}";
        // Through the console, a line stands above a live progress bar; elsewhere it must not be wrapped.
        if (Context.IsTerminal) Context.Terminal.Write(new Text(line + Environment.NewLine));
        else Context.Error.WriteLine(line);
    }

    /// <summary>A store that the user named, opened once in a command; says what should be known of it.</summary>
    /// <exception cref="UserErrorException">Not a store, or a damaged one.</exception>
    public FrameStore OpenStore(string path)
    {
        var full = Path.GetFullPath(path);
        if (stores.TryGetValue(full, out var known)) return known;
        var store = stores[full] = FrameStore.Open(full);
        if (store.Notice is { } notice) Warn(notice);
        return store;
    }

    /// <summary>Runs the work under a progress display and writes its result.</summary>
    internal static async Task<int> ExecuteAsync(ParseResult parse, CliContext context, Func<CommandRun, Task<CommandOutcome>> work,
        CancellationToken cancellation)
    {
        var json = parse.GetValue(context.Json);
        CommandRun? run = null;
        var outcome = await ProgressDisplay.ShowAsync(context, progress =>
        {
            run = new CommandRun(parse, context, progress, cancellation);
            return Task.Run(() => work(run), CancellationToken.None);
        }).ConfigureAwait(false);
        ResultOutput.Write(context.Output, output =>
        {
            foreach (var line in run!.lines) (json || outcome.Text is not null ? context.Error : output).WriteLine(line);
            if (outcome.Text is { } text) output.Write(PrintedText.Visible(text));
            if (json) output.Write(PrintedText.Json(CanonicalJson.ToText(outcome.Document)));
        });
        return outcome.ExitCode;
    }
}
