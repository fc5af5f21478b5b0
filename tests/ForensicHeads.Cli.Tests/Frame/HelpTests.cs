using System.CommandLine;
using System.CommandLine.Parsing;

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
    public async Task The_bare_command_lists_the_commands_by_what_they_are_for()
    {
        using var cli = new TestCli();
        var overview = (await cli.Succeed()).Output;
        Assert.Equal("""
            Look at a video:
              detect score       Says how far the faces of photos and videos look generated
              detect enroll      Keeps how a person looks
              provenance verify  Says where pictures and videos come from

            Make data:
              procedural         Renders talking heads of nobody into a store
              ingest             Cuts the faces of videos and photos out into a store
              datasets select    Makes a store of a part of another
              datasets merge     Joins stores of one size, crop and encode path
              datasets split     Draws a split by person
              datasets audit     Looks for what two roles of a split share
              datasets export    Writes a store as other tools read it, with a data sheet

            Make heads and fakes:
              adapt              Makes a person's head from T shots (also fine-tune)
              generate           Drives a head or a plug-in through a video (also reenact)
              datasets fakes     Makes fakes of a store's people (also make-fakes)
              plugins check      Tries a plug-in with a few rendered heads
              export             Writes a head, or the embedder, as an ONNX file

            Train and test:
              train              Meta-learns the few-shot generator from a store's videos
              detect train       Trains a detector
              detect test        Tests detectors on people whom they never saw
              detect evaluate    Measures a detector on what it never saw

            Experiments and reports:
              demo               Runs the whole experiment on rendered people
              experiment new     Writes a first experiment file
              experiment run     Runs an experiment
              experiment schema  Prints the form of an experiment file
              report             Draws figures and report.html again from the results
              report compare     Sets several experiments side by side
              report table       Writes the tables of a report as LaTeX or Markdown
              verify             Checks that nobody changed a folder since it was written

            Many machines:
              cluster plan ingest     Divides an ingest among tasks
              cluster plan fakes      Divides fakes among tasks
              cluster plan experiment Divides an experiment among tasks
              cluster plan train      Divides trainings among tasks
              cluster run             Does one task of a plan, or all of them here
              cluster status          Says how the tasks stand
              cluster retry           Submits to Slurm what is neither done nor queued
              cluster merge           Puts the results of the tasks together

            Housekeeping:
              doctor             Checks what works on this machine
              models list        Lists the known models
              models fetch       Fetches the models
              models verify      Checks the SHA-256 of every model found
              datasets revoke    Lists everything that derives from a person

            ./forensicheads COMMAND --help says how to use one of them.

            """, overview);
        Assert.All(overview.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(overview, (await cli.Succeed("--help")).Output, StringComparison.Ordinal);
        Assert.Equal("detect score", (await cli.Succeed("--json")).Json.GetProperty("commands")[0].GetString());
    }

    [Fact]
    public void Every_command_that_does_something_stands_in_the_list_once() =>
        Assert.Equal(Commands().Where(one => one.Path.Length > 0 && one.Command.Action is not null).Select(one => one.Path).Order(),
            CommandList.Aims.SelectMany(aim => aim.Commands).Order());

    [Theory]
    [InlineData("adapt", 9, "--weights", "--jitter")]
    [InlineData("train", 13, "--data", "--discriminator-epsilon")]
    [InlineData("generate", 11, "--head", "--no-xmp")]
    [InlineData("datasets fakes", 10, "--out", "--autoencoder")]
    [InlineData("detect evaluate", 13, "--protocol", "--least-frames")]
    [InlineData("detect train", 9, "--real", "--cnn-steps")]
    public async Task Help_begins_with_the_common_options_and_leaves_the_seldom_ones_to_help_all(
        string path, int common, string first, string seldom)
    {
        using var cli = new TestCli();
        var command = Commands().Single(one => one.Path == path).Command;
        Assert.Equal(common, command.Common.Distinct().Count());
        var (help, all) =
            ((await cli.Succeed([.. Words(path), "--help"])).Output, (await cli.Succeed([.. Words(path), "--help-all"])).Output);
        Assert.Contains($"\nOptions:\n  {first} ", help, StringComparison.Ordinal);
        Assert.DoesNotContain($"  {seldom} ", help, StringComparison.Ordinal);
        Assert.Contains($"\n{command.Options.Count - common} more options: ./forensicheads {path} --help-all\n", help,
            StringComparison.Ordinal);
        Assert.All(command.Options, option => Assert.Contains($"\n  {option.Name}", all, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_default_that_help_shows_can_be_typed_and_means_the_same()
    {
        var (count, commands) = (0, Commands());
        foreach (var (path, command) in commands)
        {
            foreach (var option in command.Options.Where(option => option.HasDefaultValue && option.HelpName is not null))
            {
                var shown = OptionText.Show(option.GetDefaultValue());
                var read = Assert.IsType<OptionResult>(
                    commands[0].Command.Parse([.. Words(path), option.Name, .. Words(shown)]).GetResult(option));
                Assert.Empty(read.Errors);
                Assert.Equal(shown, OptionText.Show(read.GetValueOrDefault<object>()));
                count++;
            }
        }

        Assert.True(count > 80, $"only {count} defaults were found");
    }

    [Theory]
    [InlineData("ff ft", new[] { Mode.Ff, Mode.Ft })]
    [InlineData("1 8 32", new[] { 1, 8, 32 })]
    [InlineData("", new string[0])]
    [InlineData("", null)]
    [InlineData("1e-8", 1e-8)]
    [InlineData("0.0002", 0.0002)]
    [InlineData("true", true)]
    [InlineData("generator", SplitRole.Generator)]
    public void A_value_is_shown_as_one_types_it(string shown, object? value) => Assert.Equal(shown, OptionText.Show(value));

    [Theory]
    [InlineData("fine-tune", "adapt")]
    [InlineData("reenact", "generate")]
    [InlineData("datasets make-fakes", "datasets fakes")]
    [InlineData("make-fakes", "datasets fakes")]
    public async Task A_command_answers_to_the_word_of_the_field(string alias, string path)
    {
        using var cli = new TestCli();
        var help = (await cli.Succeed([.. Words(path), "--help"])).Output;
        Assert.Equal(help, (await cli.Succeed([.. Words(alias), "--help"])).Output);
        Assert.Contains($"Also called {Words(alias)[^1]}.", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_into_metadata_does_not_depend_on_which_name_was_typed()
    {
        var text = "";
        var root = new CliCommand("forensicheads", "", "")
        {
            new CliCommand("adapt", "", "") { new Option<string>("--out"), new Option<int>("--seed") }.Alias("fine-tune")
                .Runs(Context(), run => new CommandOutcome(text = run.CommandText)),
        };
        root.Options.Add(Context().Json);
        await root.Parse(["fine-tune", "--out", "x", "--seed", "2"]).InvokeAsync(
            new InvocationConfiguration(), TestContext.Current.CancellationToken);
        Assert.Equal("adapt --seed 2", text);
    }

    [Fact]
    public async Task Usage_and_options_show_one_value_where_one_is_meant()
    {
        using var cli = new TestCli();
        var compare = (await cli.Succeed("report", "compare", "--help")).Output;
        Assert.Contains("\n  forensicheads report compare <DIR>... [options]\n", compare, StringComparison.Ordinal);
        Assert.Single(compare.Split('\n'), line => line.StartsWith("  <DIR>", StringComparison.Ordinal));
        Assert.Contains("\n  forensicheads report <DIR> [options]\n  forensicheads report <command> [options]\n",
            (await cli.Succeed("report", "--help")).Output, StringComparison.Ordinal);
        var fakes = (await cli.Succeed("datasets", "fakes", "--help")).Output;
        Assert.Matches(@"\n  --modes <ff\|ft>\.\.\. +Modes of few-shot\. \[default: ff ft\]\n", fakes);
        Assert.Contains("  --weights <RUN>           ", fakes, StringComparison.Ordinal);
    }

    private static List<(string Path, CliCommand Command)> Commands()
    {
        var result = new List<(string, CliCommand)>();
        Add("", CommandLine.Build(Context()));
        return result;

        void Add(string path, CliCommand command)
        {
            result.Add((path, command));
            foreach (var child in command.Subcommands.Where(child => child.Parents.First() == command))
                Add($"{path} {child.Name}".Trim(), (CliCommand)child);
        }
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static CliContext Context() => TestCli.Context(TextWriter.Null, TextWriter.Null);
}
