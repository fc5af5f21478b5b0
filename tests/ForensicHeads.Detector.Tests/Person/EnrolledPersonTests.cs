using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Person;

public sealed class EnrolledPersonTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_comes_back_as_it_was_written()
    {
        var written = Make();
        written.Save(folder["anna.person"]);
        var read = EnrolledPerson.Load(folder["anna.person"]);
        Assert.Equal(CanonicalJson.ToText(written), CanonicalJson.ToText(read));
        Assert.Equal(written.Held().Spread, read.Held().Spread);
        Assert.Equal(RecogniserDesign.DlibResNet, read.Design("x"));
        Assert.Equal(["a.jpg", "b.mp4, frame 7"], read.References.Select(reference => reference.Name));
    }

    [Fact]
    public void Another_network_or_version_is_refused_with_what_is_known()
    {
        Refused(Make() with { Version = "person-0" }, "is of the version 'person-0', and 'person-1' is read here");
        Refused(Make() with { Network = "facenet" }, "the network 'facenet', and mobileface-v2 or dlib-resnet are known here");
        Refused(Make() with { NetworkSha256 = new string('0', 64) }, "another version of dlib-resnet (SHA-256 000000000000;");
        // Vectors of the one are too short for the other.
        Refused(Make() with { Network = "mobileface-v2", NetworkSha256 = RecogniserDesign.MobileFace.Sha256 },
            "reference 1 is no unit vector of 256 numbers");
    }

    [Fact]
    public void A_damaged_file_is_refused_in_one_line()
    {
        var whole = Make();
        Refused(whole with { References = [] }, "it holds no reference");
        Refused(whole with { Spread = null }, "the spread of its references is not what their vectors give");
        Refused(whole with { References = [whole.References[0], whole.References[1] with { Vector = "no base64!" }] },
            "reference 2 is no unit vector");
        Refused(whole with { References = [whole.References[0] with { Vector = Convert.ToBase64String(new byte[512]) }] },
            "reference 1 is no unit vector");
        Refused(whole with { Identity = "bert" }, "its name and its consent record do not fit");
        var text = CanonicalJson.ToText(whole);
        foreach (var part in new[] { text[..(text.Length / 2)], "", "null", "[]", "{}" })
        {
            folder.Write("cut.person", part);
            var error = Assert.Throws<UserErrorException>(() => EnrolledPerson.Load(folder["cut.person"]));
            Assert.Contains("is not a valid enrolled person file", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.Contains("Cannot read the person file",
            Assert.Throws<UserErrorException>(() => EnrolledPerson.Load(folder["nowhere.person"])).Message, StringComparison.Ordinal);
    }

    private void Refused(EnrolledPerson file, string what)
    {
        file.Save(folder["wrong.person"]);
        var error = Assert.Throws<UserErrorException>(() => EnrolledPerson.Load(folder["wrong.person"]));
        Assert.StartsWith(folder["wrong.person"], error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static EnrolledPerson Make()
    {
        PersonReference[] references = [Reference("a.jpg", 0, 0), Reference("b.mp4", 7, 0.5)];
        return new EnrolledPerson
        {
            Version = EnrolledPerson.CurrentVersion,
            ToolVersion = "1.2.3",
            Identity = "anna",
            Consent = new ConsentRecord
            {
                Identity = "anna",
                Basis = ConsentBasis.Consent,
                Scope = [ConsentPurpose.Protection],
                Contact = "anna@example.org",
            },
            Network = RecogniserDesign.DlibResNet.Name,
            NetworkSha256 = RecogniserDesign.DlibResNet.Sha256,
            Spread = new PersonReferences([.. references.Select(reference => reference.Values())]).Spread,
            References = references,
        };
    }

    private static PersonReference Reference(string source, int frame, double angle)
    {
        var vector = new float[RecogniserDesign.DlibResNet.Length];
        (vector[0], vector[1]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        var points = new Landmarks68(new float[2 * Landmarks68.Count]);
        return PersonReference.Of(source, new string('a', 64),
            new SeenFace(0, new TrackFrame(frame, 0, default, points, 1, new CropWindow(0, 0, 256)), 1.25, vector));
    }
}
