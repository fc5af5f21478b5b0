namespace ForensicHeads.Datasets.Tests.Layouts;

public sealed class DfdcLayoutTests : IDisposable
{
    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_fake_belongs_to_its_original_and_one_without_stands_alone()
    {
        const string At = "dfdc_train_part_00/dfdc_train_part_0/";
        tree.Put(At + "owxbbpjpch.mp4", At + "aaaaaaaaaa.mp4", At + "bbbbbbbbbb.mp4", At + "zzzzzzzzzz.mp4");
        tree.Text(At + "metadata.json", """
            {"owxbbpjpch.mp4": {"label": "FAKE", "split": "train", "original": "aaaaaaaaaa.mp4"},
             "aaaaaaaaaa.mp4": {"label": "REAL", "split": "train", "original": null},
             "bbbbbbbbbb.mp4": {"label": "FAKE", "split": "train", "original": null},
             "cccccccccc.mp4": {"label": "REAL", "split": "train"}, "dddddddddd.mp4": {"label": 1}}
            """);
        var listing = tree.Read("dfdc");
        Assert.Equal("aaaaaaaaaa real < by  in train of dfdc dfdc_train_part_00 aaaaaaaaaa",
            LayoutTree.Said(listing, At + "aaaaaaaaaa.mp4"));
        Assert.Equal($"aaaaaaaaaa ? aaaaaaaaaa< by {At}aaaaaaaaaa.mp4 in train of dfdc dfdc_train_part_00 aaaaaaaaaa",
            LayoutTree.Said(listing, At + "owxbbpjpch.mp4"));
        Assert.Equal("bbbbbbbbbb ? < by  in train of dfdc dfdc_train_part_00 bbbbbbbbbb", LayoutTree.Said(listing, At + "bbbbbbbbbb.mp4"));
        Assert.Equal([(At + "cccccccccc.mp4", $"{At}metadata.json names it, but there is no such file"),
            (At + "dddddddddd.mp4", $"{At}metadata.json gives it no label REAL or FAKE")],
            listing.Rejected.Select(line => (line.File, line.Reason)));
        Assert.Equal(new LeftOutFile(At + "zzzzzzzzzz.mp4", "not understood: metadata.json does not name it"),
            Assert.Single(listing.LeftOut));
    }

    [Fact]
    public void In_the_list_of_the_test_part_1_is_fake_and_its_metadata_is_not_read()
    {
        tree.Put("test/aaaaaaaaaa.mp4", "test/bbbbbbbbbb.mp4", "validation/cccccccccc.mp4");
        tree.Text("test/labels.csv", "filename,label\naaaaaaaaaa.mp4,1\nbbbbbbbbbb.mp4,0\neeeeeeeeee.mp4,0\nx,y\n")
            .Text("test/metadata.json", """{"aaaaaaaaaa.mp4": {"label": "REAL"}}""")
            .Text("validation/labels.csv", "filename,label\ncccccccccc.mp4,0\n");
        var listing = tree.Read("dfdc");
        Assert.Equal("aaaaaaaaaa ? < by  in test of dfdc test aaaaaaaaaa", LayoutTree.Said(listing, "test/aaaaaaaaaa.mp4"));
        Assert.Equal("bbbbbbbbbb real < by  in test of dfdc test bbbbbbbbbb", LayoutTree.Said(listing, "test/bbbbbbbbbb.mp4"));
        Assert.Equal("cccccccccc real < by  in validation of dfdc validation cccccccccc",
            LayoutTree.Said(listing, "validation/cccccccccc.mp4"));
        Assert.Equal(SplitRole.Validation, listing.Split!.RoleOf("cccccccccc"));
        Assert.Equal(2, listing.Rejected.Count);
    }

    [Fact]
    public void The_preview_names_the_person_of_the_video_and_the_one_put_in()
    {
        const string Original = "original_videos/1015118/1015118_A_001.mp4";
        const string Fake = "method_A/1015118/1015118_A/2224339_1015118_A_001.mp4";
        tree.Put(Original, Fake, "method_B/1/1_A/2_1_A_001.mp4").Text("dataset.json", $$"""
            {"{{Original}}": {"label": "real", "set": "train", "target_id": 1015118, "swapped_id": null, "augmentations": []},
             "{{Fake}}": {"label": "fake", "set": "test", "target_id": "1015118", "swapped_id": "2224339", "augmentations": ["x"]},
             "method_A/gone.mp4": {"label": "fake", "set": "test"}
            }
            """);
        var listing = tree.Read("dfdc-preview");
        Assert.Equal("1015118 real < by  in train of dfdc-preview 1015118_A_001", LayoutTree.Said(listing, Original));
        Assert.Equal($"2224339 method_A 1015118<2224339 by {Original} in test of dfdc-preview 1015118_A_001",
            LayoutTree.Said(listing, Fake));
        Assert.Equal("method_A/gone.mp4", Assert.Single(listing.Rejected).File);
        Assert.Equal("not understood by the layout dfdc-preview", Assert.Single(listing.LeftOut).Reason);
    }
}
