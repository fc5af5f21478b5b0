namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>What <c>ingest</c> says before it reads: the data set, and what is wrong with the copy.</summary>
public sealed class IngestTests : IDisposable
{
    private readonly TestCli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        Put("set/Celeb-DF-v2/Celeb-real/id0_0000.mp4", "set/Celeb-DF-v2/Celeb-synthesis/id0_id1_0000.mp4",
            "set/Celeb-DF-v2/Celeb-real/odd.mp4");
        Text("set/Celeb-DF-v2/List_of_testing_videos.txt", "1 Celeb-real/id0_0000.mp4\n");
        var before = Directory.GetFileSystemEntries(cli.Folder, "*", SearchOption.AllDirectories).Length;
        var result = await cli.Succeed("ingest", cli["set"], "--layout", "auto", "--dry-run");
        Assert.Equal(before, Directory.GetFileSystemEntries(cli.Folder, "*", SearchOption.AllDirectories).Length);
        foreach (var line in (string[])
        [
            "layout       celebdf, by Celeb-DF-v2/Celeb-real/id0_0000.mp4", "files        2 of 2 people",
                "labels       generated 1, real 1",
            "generators   Celeb-DF 1", "split        test 1, train 1", "may generate 0",
            "missing      Celeb-DF-v2 Celeb-synthesis videos: expected 5639, found 1",
            "left out     not understood by the layout celebdf 1",
        ]) Assert.Contains(line, result.Output, StringComparison.Ordinal);
        var summary = (await cli.Succeed("ingest", cli["set"], "--layout", "auto", "--dry-run", "--json")).Json.GetProperty("summary");
        Assert.Equal(("celebdf", 2), (summary.GetProperty("layout").GetString(), summary.GetProperty("files").GetInt32()));
    }

    [Fact]
    public async Task A_half_downloaded_set_costs_a_line_each_and_exit_code_3()
    {
        Put("set/real/0000.mp4");
        Text("set/fake/0000_fake.mp4", "");
        Text("set/fake/0001_fake.mp4", "version https://git-lfs.github.com/spec/v1\n");
        var result = await cli.Run("ingest", cli["set"], "--layout", "uadfv", "--dry-run");
        Assert.Equal(3, result.Code);
        Assert.Equal(2, result.ErrorLines.Count(line => line.StartsWith("forensicheads: fake/000", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Versions_that_are_mixed_and_lists_of_unknown_names_are_named()
    {
        Put("set/original_sequences/youtube/c23/videos/000.mp4");
        Text("set/train.json", """[["000","003"],["abc","1000"]]""");
        var result = await cli.Run("ingest", cli["set"], "--layout", "auto", "--dry-run");
        Assert.Equal(3, result.Code);
        Assert.Contains("train.json: it names 2 clips that FaceForensics++ does not have: abc, 1000", result.Error,
            StringComparison.Ordinal);
        Put("two/Celeb-DF-v1/Celeb-real/id0_0000.mp4", "two/Celeb-DF-v2/Celeb-real/id0_0000.mp4");
        Assert.Contains("Several versions lie here: Celeb-DF-v1 and Celeb-DF-v2.",
            (await cli.Succeed("ingest", cli["two"], "--layout", "auto", "--dry-run")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layout_that_does_not_fit_is_wrong_usage_and_an_unknown_tree_is_wrong_data()
    {
        Put("set/Celeb-real/id0_0000.mp4", "other/x/y/z.mp4");
        var forced = await cli.Run("ingest", cli["set"], "--layout", "dfdc", "--dry-run");
        Assert.Equal(2, forced.Code);
        Assert.Contains("It looks like celebdf, by Celeb-real/id0_0000.mp4.", Assert.Single(forced.ErrorLines), StringComparison.Ordinal);
        var unknown = await cli.Run("ingest", cli["other"], "--layout", "auto", "--out", cli["store"]);
        Assert.Equal((1, false), (unknown.Code, Directory.Exists(cli["store"])));
        Assert.Contains("is not recognised", Assert.Single(unknown.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(2, (await cli.Run("ingest", cli["set"], "--layout", "auto")).Code);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_may_not_be_listed_is_named_and_the_others_are_read()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "nothing is locked for root");
        Put("set/Celeb-real/id0_0000.mp4", "set/Celeb-synthesis/id0_id1_0000.mp4");
        File.SetUnixFileMode(cli["set/Celeb-synthesis"], UnixFileMode.None);
        var result = await cli.Run("ingest", cli["set"], "--layout", "auto", "--dry-run");
        File.SetUnixFileMode(cli["set/Celeb-synthesis"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(3, result.Code);
        Assert.Contains("Celeb-synthesis/: a folder that you may not list", result.Error, StringComparison.Ordinal);
    }

    private void Put(params string[] files)
    {
        foreach (var file in files) Text(file, "x");
    }

    private void Text(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(cli[file])!);
        File.WriteAllText(cli[file], text);
    }
}
