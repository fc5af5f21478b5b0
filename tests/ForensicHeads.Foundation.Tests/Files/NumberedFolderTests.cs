namespace ForensicHeads.Foundation.Tests.Files;

public sealed class NumberedFolderTests : IDisposable
{
    private readonly TestFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void The_next_number_is_one_above_the_highest_whatever_the_names()
    {
        Directory.CreateDirectory(root["00041-other"]);
        Directory.CreateDirectory(root["notes-99"]);
        Assert.Equal("00042-run", Path.GetFileName(NumberedFolder.Create(root.Path, "run")));
        Assert.Equal("00043-run", Path.GetFileName(NumberedFolder.Create(root.Path, "run")));
    }

    [Fact]
    public void Starts_at_once_get_numbers_of_their_own()
    {
        var parent = root["new"];
        var made = new string[24];
        Parallel.For(0, made.Length, new ParallelOptions { MaxDegreeOfParallelism = 12 }, i =>
            made[i] = Path.GetFileName(NumberedFolder.Create(parent, i % 2 == 0 ? "even" : "odd")));
        Assert.Equal(Enumerable.Range(1, 24), made.Select(name => int.Parse(name[..5], System.Globalization.CultureInfo.InvariantCulture))
            .Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void A_name_that_is_no_file_name_is_wrong_usage(string name) =>
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => NumberedFolder.Create(root.Path, name)).ExitCode);
}
