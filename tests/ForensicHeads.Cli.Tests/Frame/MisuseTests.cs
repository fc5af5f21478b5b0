namespace ForensicHeads.Cli.Tests.Frame;

public class MisuseTests
{
    [Theory]
    [InlineData("bogus", "There is no command 'bogus'.", "")]
    [InlineData("ingset videos", "There is no command 'ingset'. Did you mean ingest?", "")]
    [InlineData("finetune --out h", "There is no command 'finetune'. Did you mean adapt?", "")]
    [InlineData("score clip.mp4", "There is no command 'score'. Did you mean detect score?", "")]
    [InlineData("models lsit", "There is no command 'lsit'; choose from list, fetch, verify. Did you mean models list?", "models")]
    [InlineData("models", "models needs one of list, fetch, verify.", "models")]
    [InlineData("datasets fkes s --out x",
        "There is no command 'fkes'; choose from merge, select, fakes, split, audit, export, revoke. Did you mean datasets fakes?",
        "datasets")]
    [InlineData("report tabel out/demo", "There is no file or folder tabel. Did you mean report table?", "report")]
    public Task A_mistyped_command_is_answered_with_the_nearest(string line, string says, string help) => Says(line, says, help);

    [Theory]
    [InlineData("procedural --otu x", "There is no option --otu here. Did you mean --out?", "procedural")]
    [InlineData("procedural --otu=x", "There is no option --otu here. Did you mean --out?", "procedural")]
    [InlineData("procedural -out x", "There is no option -out here. Did you mean --out?", "procedural")]
    [InlineData("detect score a.mp4 --otu x", "There is no option --otu here. Did you mean --out?", "detect score")]
    [InlineData("verify a --otu x", "There is no option --otu here; choose from --head.", "verify")]
    [InlineData("detect score a.mp4 --reprot x", "There is no option --reprot here. Did you mean --report?", "detect score")]
    [InlineData("datasets revoke data --removee --identity p", "There is no option --removee here. Did you mean --remove?",
        "datasets revoke")]
    [InlineData("detect train --real a --genrated b --out x", "There is no option --genrated here. Did you mean --generated?",
        "detect train")]
    [InlineData("datasets fakes s --out --mdoes ff", "There is no option --mdoes here. Did you mean --modes?", "datasets fakes")]
    [InlineData("--versoin", "There is no option --versoin here. Did you mean --version?", "")]
    public Task A_mistyped_option_is_none_of_the_paths(string line, string says, string help) => Says(line, says, help);

    [Theory]
    [InlineData("datasets fakes s --modes --out x", "--modes needs a value (ff|ft), but --out follows.", "datasets fakes")]
    [InlineData("datasets fakes s --weights --out x", "--weights needs a value (RUN), but --out follows.", "datasets fakes")]
    [InlineData("datasets fakes s --out x --seed", "--seed needs a value (N).", "datasets fakes")]
    [InlineData("detect train --real --generated b --out x", "--real needs a value (STORE), but --generated follows.", "detect train")]
    [InlineData("adapt --weights w --photo --out h", "--photo needs a value (FILE), but --out follows.", "adapt")]
    [InlineData("detect score a.mp4 --report --json", "--report needs a value (DIR), but --json follows.", "detect score")]
    public Task An_option_does_not_swallow_the_next(string line, string says, string help) => Says(line, says, help, json: true);

    [Theory]
    [InlineData("train --dry-run --preset heads-46",
        "--preset is 'heads-46'; choose from heads-64, heads-128, paper-256. Did you mean heads-64?", "train")]
    [InlineData("train --dry-run --preset heads-64 --for fff", "--for is 'fff'; choose from both, ff, ft. Did you mean ff?", "train")]
    [InlineData("train --dry-run --preset heads-64 --precision bf",
        "--precision is 'bf'; choose from float32, tf32, bf16. Did you mean bf16?", "train")]
    [InlineData("train --dry-run --preset heads-64 --batch 1 --batch 2", "--batch takes one value, but was given 1 and 2.", "train")]
    [InlineData("train --dry-run --preset heads-64 --batch 1 2", "'2' is one word too many.", "train")]
    [InlineData("procedural --out x --camera no", "'no' cannot follow --camera, which takes no value.", "procedural")]
    [InlineData("adapt --weights w --out h --keep-best maybe", "'maybe' cannot follow --keep-best, which takes true|false.", "adapt")]
    [InlineData("procedural out", "'out' is one word too many. Did you mean --out?", "procedural")]
    [InlineData("procedural --out x --identities many", "--identities is 'many'; give a whole number.", "procedural")]
    [InlineData("procedural --out x --identities 7,5", "--identities is '7,5'; give a whole number.", "procedural")]
    [InlineData("procedural --out x --identities 9999999999",
        "--identities is '9999999999'; allowed is -2147483647 to 2147483647.", "procedural")]
    [InlineData("ingest x --out y --fps many", "--fps is 'many'; give a number, such as 7.5.", "ingest")]
    [InlineData("report table x --format pdf", "--format is 'pdf'; choose from latex, markdown.", "report table")]
    [InlineData("detect evaluate --protocol cross-mod --real a --generated b --out x",
        "--protocol is 'cross-mod'; choose from leave-one-generator-out, leave-one-collection-out, cross-mode, cross-shots, "
        + "cross-condition. Did you mean "
        + "cross-mode?", "detect evaluate")]
    [InlineData("procedural", "--out STORE is missing.", "procedural")]
    [InlineData("adapt", "--weights RUN and --out HEAD are missing.", "adapt")]
    [InlineData("detect score", "PATH is missing.", "detect score")]
    public Task A_value_that_is_not_allowed_is_named_with_what_is(string line, string says, string help) => Says(line, says, help);

    [Fact]
    public async Task A_file_whose_name_begins_with_dashes_can_be_given()
    {
        using var cli = new TestCli();
        Assert.Equal("forensicheads: There is no file or folder ./--odd.mp4. Check the path.",
            Assert.Single((await cli.Run("detect", "score", "./--odd.mp4", "--detector", "detector-1")).ErrorLines));
        Assert.Equal("forensicheads: There is no file or folder --odd.mp4. Check the path.",
            Assert.Single((await cli.Run("detect", "score", "--detector", "detector-1", "--", "--odd.mp4")).ErrorLines));
    }

    [Theory]
    [InlineData("procedural", "--out", "--out is empty; give it a value (STORE).")]
    [InlineData("datasets split", "--seed", "--seed is empty; give it a value (N).")]
    [InlineData("detect score", "a.mp4", "One of the words is empty; is a variable of the shell not set?")]
    public async Task An_empty_word_is_no_value(string path, string before, string says)
    {
        using var cli = new TestCli();
        var result = await cli.Run([.. path.Split(' '), before, ""]);
        Assert.Equal(2, result.Code);
        Assert.Equal($"forensicheads: {says} Run ./forensicheads {path} --help.", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task A_file_whose_name_begins_with_an_at_sign_is_no_list_of_arguments()
    {
        using var cli = new TestCli();
        Assert.Equal("forensicheads: There is no file or folder @clip.mp4. Check the path.",
            Assert.Single((await cli.Run("detect", "score", "@clip.mp4")).ErrorLines));
    }

    [Fact]
    public void Whatever_is_typed_is_understood_or_answered_in_a_sentence_without_types()
    {
        var root = CommandLine.Build(TestCli.Context(TextWriter.Null, TextWriter.Null));
        var commands = root.Subcommands.Concat(root.Subcommands.SelectMany(group => group.Subcommands)).ToArray();
        string[] odd =
            ["", " ", "-", "--", "---", ",", "=", "--=", "-x", "--x=y", "--out=", "@x", "[x]", "/?", "7,5", "-5", "ff,ft", "Ff", "\0"];
        string[] vocabulary =
            [.. odd, .. commands.Select(one => one.Name), .. commands.SelectMany(one => one.Options).Select(one => one.Name).Distinct()];
        var random = new Random(19);
        for (var i = 0; i < 4000; i++)
        {
            string[] words =
                [.. commands[random.Next(commands.Length)] is CliCommand { Path: var path } ? path.Split(' ') : [],
                .. Enumerable.Range(0, random.Next(1, 6)).Select(_ => vocabulary[random.Next(vocabulary.Length)])];
            var parse = root.Parse(words);
            if (parse.Action is Help || Misuse.Of(parse, words) is not { } fault) continue;
            Assert.Matches(@"[.?]$", fault);
            Assert.DoesNotMatch(@"System\.|ForensicHeads\.|Nullable|Parameter '", fault);
        }
    }

    [Fact]
    public async Task A_negative_number_is_no_option()
    {
        using var cli = new TestCli();
        Assert.DoesNotContain("no option",
            Assert.Single((await cli.Run("procedural", "--out", cli["x"], "--identities", "-5")).ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_option_that_takes_a_value_says_so_when_another_follows()
    {
        using var cli = new TestCli();
        var all = CommandLine.Build(TestCli.Context(TextWriter.Null, TextWriter.Null)).Subcommands.Cast<CliCommand>();
        var count = 0;
        foreach (var command in all.Concat(all.SelectMany(group => group.Subcommands.Cast<CliCommand>())))
        {
            foreach (var option in command.Options.Where(option => option.ValueType != typeof(bool)))
            {
                var result = await cli.Run([.. command.Path.Split(' '), option.Name, "--json"]);
                Assert.Equal(2, result.Code);
                Assert.StartsWith($"forensicheads: {option.Name} needs a value ({option.HelpName}), but --json follows.", result.Error,
                    StringComparison.Ordinal);
                count++;
            }
        }

        Assert.True(count > 150, $"only {count} options were found");
    }

    private static async Task Says(string line, string says, string help, bool json = false)
    {
        using var cli = new TestCli();
        var result = await cli.Run(line.Split(' '));
        Assert.Equal(2, result.Code);
        Assert.Equal($"forensicheads: {says} Run ./{$"forensicheads {help}".TrimEnd()} --help.", Assert.Single(result.ErrorLines));
        if (!json) Assert.Empty(result.Output);
    }
}
