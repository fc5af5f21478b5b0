using System.CommandLine;

namespace ForensicHeads.Cli.Tests.Frame;

public class ListTests
{
    private readonly Option<Mode[]> modes = Options.Optional<Mode[]>("--modes", "");
    private readonly Option<int[]> shots = Options.Optional<int[]>("--shots", "");
    private readonly Option<string[]> names = Options.Optional<string[]>("--names", "", among: ["few-shot", "self-blend"]);

    [Theory]
    [InlineData("--modes ff ft")]
    [InlineData("--modes ff,ft")]
    [InlineData("--modes=ff,ft")]
    [InlineData("--modes ff --modes ft")]
    [InlineData("--modes FF,Ft")]
    public void Blanks_commas_and_repeated_options_part_the_members_alike(string line) =>
        Assert.Equal([Mode.Ff, Mode.Ft], Read(modes, line));

    [Theory]
    [InlineData("--shots 1,8,32")]
    [InlineData("--shots 1 8 32")]
    [InlineData("--shots 1,8 32")]
    [InlineData("--shots 1 --shots 8,32")]
    public void Whole_numbers_are_parted_alike(string line) => Assert.Equal([1, 8, 32], Read(shots, line));

    [Fact]
    public void Two_whole_numbers_with_a_comma_are_two() => Assert.Equal([7, 5], Read(shots, "--shots 7,5"));

    [Fact]
    public void Names_are_those_of_the_list_whatever_the_case() =>
        Assert.Equal(["few-shot", "self-blend"], Read(names, "--names Few-Shot,self-blend"));

    [Fact]
    public void Paths_keep_their_commas() =>
        Assert.Equal(["a,b", "c"], Read(Options.Paths("--real", "", "STORE"), "--real a,b c"));

    [Theory]
    [InlineData("--modes fx", "--modes is 'fx'; choose from ff, ft.")]
    [InlineData("--modes ff,fft", "--modes is 'fft'; choose from ff, ft. Did you mean ff?")]
    [InlineData("--modes 1", "--modes is '1'; choose from ff, ft.")]
    [InlineData("--modes ff,,ft",
        "--modes is 'ff,,ft', which has an empty member; write one comma between two members and none at the end.")]
    [InlineData("--modes ff,", "--modes is 'ff,', which has an empty member; write one comma between two members and none at the end.")]
    [InlineData("--modes ,", "--modes is ',', which has an empty member; write one comma between two members and none at the end.")]
    [InlineData("--shots 1,x", "--shots is 'x'; give a whole number.")]
    [InlineData("--shots 1.5", "--shots is '1.5'; give a whole number.")]
    [InlineData("--names few-shto", "--names is 'few-shto'; choose from few-shot, self-blend. Did you mean few-shot?")]
    public void A_member_that_is_none_is_named(string line, string says) =>
        Assert.Equal(says, Assert.Single(Command().Parse(line.Split(' ')).Errors).Message);

    [Fact]
    public void No_option_of_several_values_reads_them_in_a_way_of_its_own()
    {
        string[] whole =
            ["--real", "--generated", "--detector", "--detectors", "--sources", "--photo", "--licence", "--people", "--without",
            "--teach", "--import"];
        var root = CommandLine.Build(TestCli.Context(TextWriter.Null, TextWriter.Null));
        var lists = root.Subcommands.Concat(root.Subcommands.SelectMany(group => group.Subcommands)).SelectMany(command => command.Options)
            .Where(option => option.ValueType.IsArray).ToArray();
        Assert.All(lists, option => Assert.True(option.AllowMultipleArgumentsPerToken, option.Name));
        foreach (var option in lists.Where(option => !whole.Contains(option.Name)))
        {
            var errors = new Command("x") { option }.Parse([option.Name, "a,,b"]).Errors;
            Assert.Equal($"{option.Name} is 'a,,b', which has an empty member; write one comma between two members and none at the end.",
                Assert.Single(errors).Message);
        }
    }

    [Fact]
    public async Task Two_people_with_a_comma_are_two_and_a_mistyped_one_is_named()
    {
        using var cli = new TestCli();
        await cli.Succeed("procedural", "--identities", "3", "--frames", "1", "--size", "32", "--out", cli["all"]);
        var two = await cli.Succeed("datasets", "select", cli["all"], "--people", "p70000,p70002", "--out", cli["two"], "--json");
        Assert.Equal(2, two.Json.GetProperty("identities").GetInt32());
        var one = await cli.Succeed("datasets", "select", cli["all"], "--without", "p70000,p70002", "--out", cli["one"], "--json");
        Assert.Equal(1, one.Json.GetProperty("identities").GetInt32());
        var wrong = await cli.Run("datasets", "select", cli["all"], "--people", "p70000,p70009", "--out", cli["none"]);
        Assert.Contains("holds no person 'p70009'", Assert.Single(wrong.ErrorLines), StringComparison.Ordinal);
    }

    private static T Read<T>(Option<T> option, string line)
    {
        var parse = new Command("x") { option }.Parse(line.Split(' '));
        Assert.Empty(parse.Errors);
        return parse.GetValue(option)!;
    }

    private Command Command() => new("x") { modes, shots, names };
}
