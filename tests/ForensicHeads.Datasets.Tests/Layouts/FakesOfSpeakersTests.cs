namespace ForensicHeads.Datasets.Tests.Layouts;

/// <summary>FakeAVCeleb and AV-Deepfake1M, which are made of speakers of VoxCeleb2.</summary>
public sealed class FakesOfSpeakersTests : IDisposable
{
    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void What_FakeAVCeleb_calls_the_source_is_the_person_of_the_video()
    {
        const string At = "FakeAVCeleb_v1.2/FakeAVCeleb_v1.2/";
        const string Man = "African/men/id00076/";
        tree.Put(At + "RealVideo-RealAudio/" + Man + "00109.mp4", At + "FakeVideo-FakeAudio/" + Man + "00109_10_id00476_wavtolip.mp4",
            At + "RealVideo-FakeAudio/" + Man + "00109_fake.mp4", At + "FakeVideo-FakeAudio/" + Man
                + "00109_id01661_SdP_Monh-_4_id04547_wavtolip.mp4",
            At + "FakeVideo-RealAudio/Asian_East/women/id00597/00028_id00598_x.mp4", At + "FakeVideo-FakeAudio/" + Man
                + "00109_0_id00477_wavtolip.mp4");
        tree.Text(At + "meta_data.csv", string.Join('\n', "source,target1,target2,method,category,type,race,gender,path,",
            Row("id00076,-,-", "real", "RealVideo-RealAudio", "African,men", "00109.mp4"),
            Row("id00076,id00476,fake.mp4", "faceswap-wav2lip", "FakeVideo-FakeAudio", "African,men", "00109_10_id00476_wavtolip.mp4"),
            Row("id00076,-,-", "rtvc", "RealVideo-FakeAudio", "African,men", "00109_fake.mp4"),
            Row("id00597,12,id00598", "fsgan", "FakeVideo-RealAudio", "Asian (East),women", "00028_id00598_x.mp4"),
            Row("id00597,12,id00598", "faceswap", "FakeVideo-RealAudio", "Asian (East),women", "00028_id00598_x.mp4"),
            Row("id00076,id00477,-", "wav2lip", "FakeVideo-FakeAudio", "African,men", "00109_0_id00477_wavtolip.mp4"),
            Row("id00600,-,-", "real", "RealVideo-RealAudio", "African,men", "00001.mp4")));
        var listing = tree.Read("fakeavceleb");
        string Said(string file) => LayoutTree.Said(listing, At + file);
        Assert.Equal("id00076 real < by  in none of fakeavceleb id00076/00109", Said("RealVideo-RealAudio/" + Man + "00109.mp4"));
        Assert.Equal($"id00476 faceswap-wav2lip id00076<id00476 by {At}RealVideo-RealAudio/{Man}00109.mp4 in none of "
            + "fakeavceleb id00076/00109",
            Said("FakeVideo-FakeAudio/" + Man + "00109_10_id00476_wavtolip.mp4"));
        Assert.Equal("id00076 wav2lip id00076<id00477 by id00477 in none of fakeavceleb id00076/00109",
            Said("FakeVideo-FakeAudio/" + Man + "00109_0_id00477_wavtolip.mp4"));
        Assert.Equal("id00598 fsgan id00597<id00598 by id00597 in none of fakeavceleb id00597/00028",
            Said("FakeVideo-RealAudio/Asian_East/women/id00597/00028_id00598_x.mp4"));
        // Of a fake in sound alone the frames are real.
        var dubbed = listing.Inputs.Single(input => input.File.EndsWith("00109_fake.mp4", StringComparison.Ordinal));
        Assert.Equal((true, Label.Generated), (dubbed.Origin.IsReal, dubbed.Sound));
        Assert.Contains(listing.Notes, note => note.Contains("listed twice", StringComparison.Ordinal));
        Assert.Contains(listing.Notes, note => note.StartsWith("Videos are in no row of meta_data.csv (1)", StringComparison.Ordinal));
        Assert.Equal("FakeAVCeleb/RealVideo-RealAudio/African/men/id00600/00001.mp4", Assert.Single(listing.Rejected).File);
        Assert.Null(listing.Split);
        Assert.Contains(new ExpectedCount("FakeVideo-FakeAudio videos", 10_835, 3), listing.Counts);

        // The last of the ten columns has no name and holds the folder.
        static string Row(string people, string method, string kind, string who, string name) => $"{people},{method},X,{kind},{who},{name},"
            + $"FakeAVCeleb/{kind}/{who.Replace(',', '/')}/{people.Split(',')[0]}";
    }

    [Fact]
    public void Of_AV_Deepfake1M_the_seconds_that_are_fake_come_from_the_list()
    {
        const string At = "train/id00012/21Uxsk56VDQ/00001/";
        foreach (var name in new[] { "real", "fake_video_real_audio", "real_video_fake_audio",
            "fake_video_fake_audio" }) tree.Put($"{At}{name}.mp4");
        tree.Put("val/id00013/31Uxsk56VDQ/00001/fake_video_fake_audio.mp4", "test/000001.mp4").Text("test_files.txt", "000001.mp4\n");
        string Entry(string name, string kind, string visual, string audio) => $$"""
            {"file": "id00012/21Uxsk56VDQ/00001/{{name}}.mp4", "original": "id00012/21Uxsk56VDQ/00001/real.mp4", "split": "train",
             "modify_type": "{{kind}}", "fake_segments": [], "visual_fake_segments": {{visual}}, "audio_fake_segments": {{audio}}}
            """;
        tree.Text("train_metadata.json", "[" + string.Join(",", Entry("real", "real", "[]", "[]"),
            Entry("fake_video_real_audio", "visual-modified", "[[1, 1.5]]", "[]"),
            Entry("real_video_fake_audio", "audio_modified", "[]", "[[2, 2.5]]"), Entry("gone", "real", "[]", "[]"),
            """{"file": "id00012/21Uxsk56VDQ/00001/fake_video_fake_audio.mp4", "modify_type": "both-modified", "fake_segments": [[3, 4]]}""")
            + "]");
        var listing = tree.Read("av-deepfake1m");
        Assert.Equal($"id00012 ? id00012< by {At}real.mp4 in train of youtube 21Uxsk56VDQ",
            LayoutTree.Said(listing, At + "fake_video_real_audio.mp4"));
        Assert.Equal([(1, 1.5)], Input("fake_video_real_audio").FakeSeconds!);
        Assert.Equal([(3, 4)], Input("fake_video_fake_audio").FakeSeconds!);
        Assert.Equal((true, Label.Generated), (Input("real_video_fake_audio").Origin.IsReal, Input("real_video_fake_audio").Sound));
        Assert.Equal((true, Label.Real), (Input("real").Origin.IsReal, Input("real").Sound));
        Assert.Equal([("val/id00013/31Uxsk56VDQ/00001/fake_video_fake_audio.mp4", "no list says which of its seconds are fake"),
            (At + "gone.mp4", "train_metadata.json names it, but there is no such file")],
            listing.Rejected.Select(line => (line.File, line.Reason)));
        Assert.Contains(new LeftOutFile("test/000001.mp4", "of the test part, whose labels are not public"), listing.LeftOut);

        IngestInput Input(string name) => listing.Inputs.Single(input => input.File == $"{At}{name}.mp4");
    }

    [Fact]
    public void The_successor_says_it_beside_each_file_and_has_other_corpora()
    {
        const string Clip = "val/vox_celeb_2/id00099/abcdefghijk/00001/fake_video_real_audio";
        tree.Put(Clip + ".mp4", "val/lrs3/clip9/00001/real.mp4").Text(Clip + ".json", """
            {"modify_type": "visual_modified", "visual_fake_segments": [[0, 0.2]], "audio_fake_segments": [], "video_model": "latent_sync"}
            """)
            .Text("val/lrs3/clip9/00001/real.json", """{"modify_type": "real", "fake_segments": []}""");
        var listing = tree.Read("av-deepfake1m");
        Assert.Equal("id00099 latent_sync id00099< by  in val of youtube abcdefghijk", LayoutTree.Said(listing, Clip + ".mp4"));
        Assert.Equal("clip9", listing.Inputs.Single(input => input.Origin.IsReal).Identity);
        Assert.All(listing.Inputs, input => Assert.Equal("AV-Deepfake1M++", input.Collection));
    }
}
