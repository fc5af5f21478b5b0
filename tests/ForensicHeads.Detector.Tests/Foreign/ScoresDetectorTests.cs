namespace ForensicHeads.Detector.Tests.Foreign;

public sealed class ScoresDetectorTests : IDisposable
{
    private static readonly ForeignSample Frame = TinyNetwork.Frame(1, 2, 2);
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("key,score\nframe-1,0.25\n")]
    [InlineData("file,score\na.mp4,0.25\n")]
    [InlineData("file,score\nvideos\\a.mp4,0.25\n")]
    [InlineData("file,score\n/data/real/a.mp4,0.25\n/data/fake/b.mp4,1\n")]
    [InlineData("file,score\na,0.25\n")]
    [InlineData("filename,label\na.mp4,0.25\n")]
    [InlineData("file,sha256,score\nother.mp4,ABCD,0.25\na.mp4,,7\n")]
    [InlineData("file,label,score,remark\na.mp4,1,0.25,\"x, y\"\n")]
    [InlineData("\uFEFFfile,score\r\na.mp4, 2.5e-1\r\n")]
    [InlineData("files,labels,prob_class_0,prob_class_1\nvideos/a.mp4,1,0.75,0.25\n")]
    [InlineData("files,labels,prob_class_0,prob_class_1\nx/a/000.png,1,1,0.3\nx/a/001.png,1,1,0.2\nx/b/000.png,0,0,1\n")]
    [InlineData("image_path,image_name,some_net_prob,ground_truth\nvideos/a.mp4,a.mp4,0.25,1\n")]
    [InlineData("dataset,key,compression,label,score,status\nmine,a.mp4,,1,0.25,ok\nmine,b.mp4,,0,,missing\n")]
    [InlineData("a.mp4;0.25\nb.mp4;0.5\n")]
    [InlineData("b,c.mp4;1\na.mp4;0.25\n", """, "table": { "name": "1", "score": "2", "separator": ";", "header": false }""")]
    [InlineData("path|realness\na.mp4|-0.25\n",
        """, "table": { "name": "path", "score": "realness", "separator": "|", "rises_to": "real" }""")]
    [InlineData("image_path,one_prob,two_prob\na.mp4,1,0.25\n", """, "table": { "name": "image_path", "score": "two_prob" }""")]
    public void All_forms_are_read(string text, string more = "")
    {
        var frame = Frame with { FileName = "videos/a.mp4", SourceSha256 = "abcd" };
        Assert.Equal([0.25, 0.25], Open(text, more: more).Score([[frame, frame]], TestContext.Current.CancellationToken)[0]);
    }

    [Fact]
    public void A_file_below_a_folder_is_found_by_the_name_that_a_store_gives_its_video() => Assert.Equal([[1.0], [2.0]],
        Open("file,score\nfake/a.mp4,1\nreal/a.mp4,2\n").Score(
            [[Frame with { FileName = "fake-a" }], [Frame with { FileName = "real-a" }]], TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    public void What_is_no_finite_number_is_no_score_and_counted(string cell)
    {
        var detector = Open($"key,score\nframe-1,{cell}\nframe-2,-3\n");
        Assert.Equal([null, -3], detector.Score([[Frame, Frame with { Key = "frame-2" }]], TestContext.Current.CancellationToken)[0]);
        Assert.Equal(1, detector.Unmatched.Empty);
        Assert.Empty(detector.Unmatched.Rows.Concat(detector.Unmatched.Clips));
    }

    [Fact]
    public void Rows_without_a_clip_and_clips_without_a_row_are_listed()
    {
        var detector = Open("file,score\na.mp4,1\nb.mp4,2\nc.mp4,3\n");
        Assert.Equal(["a.mp4", "b.mp4", "c.mp4"], detector.Unmatched.Rows);
        ForeignSample Of(string file) => Frame with { FileName = file };
        var said = detector.Score([[Of("b.mp4")], [Of("d.mp4"), Of("d.mp4")], [Of("a.mp4")], [Frame]],
            TestContext.Current.CancellationToken);
        Assert.Equal([2, null, null, 1, null], said.SelectMany(clip => clip));
        Assert.Equal(["c.mp4"], detector.Unmatched.Rows);
        Assert.Equal(["d.mp4", "frame-1"], detector.Unmatched.Clips);
    }

    [Fact]
    public void A_short_name_that_two_files_share_belongs_to_neither()
    {
        var detector = Open("file,score\nreal/1.mp4,1\nfake/1.mp4,2\nfake/2.mp4,3\n");
        double? Score(string name) =>
            detector.Score([[Frame with { FileName = name }]], TestContext.Current.CancellationToken)[0][0];
        Assert.Equal((1, 2, null, null, 3, 3),
            (Score("real/1.mp4"), Score("fake/1.mp4"), Score("1.mp4"), Score("1"), Score("2.mp4"), Score("2")));
    }

    [Theory]
    [InlineData("key,score\nframe-1,1\nframe-1,1\n", "line 3: 'frame-1' is there already, in line 2")]
    [InlineData("file,score\na.mp4,1\n\"a.mp4\",2\n", "line 3: 'a.mp4' is there already, in line 2")]
    [InlineData("file,sha256,score\na.mp4,ab,1\nb.mp4,AB,2\n", "line 3: 'ab' is there already, in line 2")]
    [InlineData("file,score\na.mp4,high\n", "line 2: score is 'high'; allowed is a number, or nothing where it could not tell")]
    [InlineData("filename,label\na.mp4,FAKE\n", "line 2: label is 'FAKE'")]
    [InlineData("file,score\n ,1\n", "line 2: the column file is empty")]
    [InlineData("file,label\na.mp4,1\n", "the columns are file,label; allowed are key,score or file,score or filename,label")]
    [InlineData("key,file,score\na,a.mp4,1\n", "the columns are key,file,score")]
    [InlineData("score\n1\n", "the columns are score")]
    [InlineData("", "scores.csv is empty")]
    public void A_list_that_could_be_read_in_two_ways_is_refused(string text, string words)
    {
        var error = Assert.Throws<UserErrorException>(() => Open(text));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_content_may_be_pinned_and_counts_for_the_hash()
    {
        var first = Open("key,score\na,1\n");
        var hash = Hashes.OfFile(folder["scores.csv"]);
        Assert.Equal(first.Sha256, Open("key,score\na,1\n").Sha256);
        Assert.NotEqual(first.Sha256, Open("key,score\na,1\n", hash).Sha256);
        Assert.NotEqual(first.Sha256, Open("key,score\na,2\n").Sha256);
        Assert.Contains($"sha256 is {hash}, and that of scores.csv is ", Assert.Throws<UserErrorException>(() =>
            Open("key,score\na,2\n", hash)).Message, StringComparison.Ordinal);
        File.Delete(folder["scores.csv"]);
        Assert.Contains("file is 'scores.csv': There is no file", Assert.Throws<UserErrorException>(() =>
            ForeignDetectors.Open(first.File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_of_frames_belong_to_the_video_of_their_folder_and_become_one_as_the_file_says()
    {
        const string text = "file,score\nset/frames/v1/000.png,1\nset/frames/v1/001.png,\nset/frames/v1/002.png,4\n"
            + "set/frames/v2/000.png,9\nother/v2/000.png,8\n";
        var detector = Open(text, more: ", \"video_score\": \"max\"");
        ForeignSample Of(string file) => Frame with { FileName = file };
        var said = detector.Score([[Of("v1"), Of("v1")], [Of("v2")], [Of("other/v2")], [Frame with { ExportFolder = "v1" }]],
            TestContext.Current.CancellationToken);
        // Two videos are called v2 for short, so the name belongs to neither.
        Assert.Equal([[4, 4], [null], [8], [4]], said);
        Assert.Equal(["set/frames/v2/000.png"], detector.Unmatched.Rows);
        Assert.Equal(["v2"], detector.Unmatched.Clips);
    }

    [Theory]
    [InlineData("""{ "name": "path" }""", "score")]
    [InlineData("""{ "name": "path", "score": "other" }""", "the columns are file,score; allowed are path and other")]
    [InlineData("""{ "name": "file", "score": "score", "separator": ";;" }""", "table.separator is ';;'; allowed is one letter")]
    [InlineData("""{ "name": "", "score": "score" }""", "table.name is ''")]
    [InlineData("""{ "name": "file", "score": "score", "rises_to": "fake" }""", "rises_to")]
    public void A_table_that_does_not_fit_is_refused(string table, string words) => Assert.Contains(words,
        Assert.Throws<UserErrorException>(() => Open("file,score\na.mp4,1\n", more: $", \"table\": {table}")).Message,
        StringComparison.Ordinal);

    private ScoresDetector Open(string text, string? hash = null, string more = "")
    {
        folder.Write("scores.csv", System.Text.Encoding.UTF8.GetBytes(text));
        var pin = hash is null ? "" : $", \"sha256\": \"{hash}\"";
        return Assert.IsType<ScoresDetector>(ForeignDetectors.Open(DetectorFile.Parse(
            $$"""{ "name": "s", "kind": "scores", "licence": "MIT", "file": "scores.csv"{{pin}}{{more}} }""", folder["s.detector.json"])));
    }
}
