using ForensicHeads.Testing;

namespace ForensicHeads.Experiments.Tests.Quality;

public class PublishedJudgeTests
{
    [Theory]
    [InlineData("mobileface-v2", 256, "recogniser of others and gives no features")]
    [InlineData("mobileface-v2", 64, "those of 64 px were enlarged for it")]
    [InlineData("dlib-resnet", 200, "takes faces as large as in frames of about 212 px")]
    [InlineData("dlib-resnet", 32, "the experiment file names no landmark finder")]
    [InlineData("dlib-resnet", 32, "Landmarks, KID and FID were not measured: frames of 32 px are smaller than the 64 px", "landmarks-64")]
    public void A_recogniser_of_real_faces_judges_by_its_name_and_the_notes_say_what_it_lacks(string name, int size, string note,
        string? landmarks = null)
    {
        using var networks = FaceNetworks.Load(new QualitySource { Judge = name, Landmarks = landmarks }, size, procedural: false,
            modelsFolder: SharedData.Models);
        Assert.Equal(name, networks.Judge!.Name);
        Assert.Null(networks.Features);
        Assert.Contains(networks.Facts, fact => fact.Value == RecogniserDesign.ByName(name).Sha256);
        Assert.Contains(networks.Notes, one => one.Contains(note, StringComparison.Ordinal));
        Assert.DoesNotContain(networks.Notes, one => one.Contains("rendered heads alone", StringComparison.Ordinal));
    }

    [Fact]
    public void On_rendered_heads_a_note_says_what_its_identities_are_worth()
    {
        using var networks = FaceNetworks.Load(new QualitySource { Judge = "mobileface-v2", Landmarks = null }, 256, procedural: true,
            modelsFolder: SharedData.Models);
        Assert.Contains(networks.Notes, one => one.Contains("learnt from filmed people", StringComparison.Ordinal));
        Assert.DoesNotContain(networks.Notes, one => one.Contains("enlarged for it", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_judges_quality_need_not_be_who_knows_people()
    {
        var both = new QualitySource { Judge = "dlib-resnet", Recogniser = "mobileface-v2", Landmarks = null };
        using var networks = FaceNetworks.Load(both, 256, procedural: false, modelsFolder: SharedData.Models);
        Assert.Equal(("dlib-resnet", "mobileface-v2"), (networks.Judge!.Name, networks.Recogniser!.Name));
        Assert.Equal(["judge of identity", "recogniser of person"], networks.Facts.Select(fact => fact.Name));
        Assert.DoesNotContain(networks.Notes, one => one.Contains("names another", StringComparison.Ordinal));
        using var one = FaceNetworks.Load(both with { Recogniser = null }, 256, procedural: false, modelsFolder: SharedData.Models);
        Assert.Same(one.Judge, one.Recogniser);
        Assert.Contains(one.Notes, note => note.Contains("names another", StringComparison.Ordinal));
    }
}
