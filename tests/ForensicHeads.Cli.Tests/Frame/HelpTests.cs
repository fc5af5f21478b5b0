using System.CommandLine;

namespace ForensicHeads.Cli.Tests.Frame;

public class HelpTests
{
    public static TheoryData<string> Paths
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var (path, _) in Commands()) data.Add(path);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_command_has_help_that_ends_with_an_example_of_itself(string path)
    {
        using var cli = new TestCli();
        var result = await cli.Succeed([.. Words(path), "--help"]);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Example:", lines[^2]);
        Assert.StartsWith($"  ./forensicheads {path}".TrimEnd(), lines[^1], StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Every_example_is_a_command_line_that_parses()
    {
        foreach (var (path, command) in Commands())
        {
            var parse = CommandLine.Build(Context()).Parse(Words(command.Example)[1..]);
            Assert.True(parse.Errors.Count == 0, $"{path}: {string.Join("; ", parse.Errors.Select(error => error.Message))}");
        }
    }

    [Fact]
    public void Every_command_and_option_is_described()
    {
        foreach (var (path, command) in Commands())
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description), path);
            foreach (var option in command.Options) Assert
                .False(string.IsNullOrWhiteSpace(option.Description) && option.Name is not ("--help" or "--version"),
                $"{path} {option.Name}");
            Assert.True(command.Subcommands.Count > 0 || command.Action is not null, $"{path} does nothing");
        }
    }

    [Fact]
    public async Task Root_help_lists_the_commands()
    {
        using var cli = new TestCli();
        var result = await cli.Succeed("--help");
        foreach (var name in new[] { "doctor", "models", "procedural", "datasets", "train", "adapt", "generate" }) Assert.Contains(
            $"  {name} ", result.Output, StringComparison.Ordinal);
    }

    private static List<(string Path, CliCommand Command)> Commands()
    {
        var result = new List<(string, CliCommand)>();
        Add("", CommandLine.Build(Context()));
        return result;

        void Add(string path, CliCommand command)
        {
            result.Add((path, command));
            foreach (var child in command.Subcommands) Add($"{path} {child.Name}".Trim(), (CliCommand)child);
        }
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static CliContext Context() => TestCli.Context(TextWriter.Null, TextWriter.Null);
}
