namespace ForensicHeads.Detector.Tests.Person;

public class PersonReferencesTests
{
    // Four directions of a plane: cosines can be read off the angles.
    private static float[] At(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);

    [Fact]
    public void A_face_is_as_alike_as_the_mean_of_its_three_nearest_references()
    {
        var person = new PersonReferences([At(0), At(20), At(90), At(40), At(120)]);
        Assert.Equal(5, person.Count);
        Assert.Equal((Cos(10) + Cos(10) + Cos(30)) / 3, person.Alike(At(10)), 1e-6);
        Assert.Equal(Cos(30), new PersonReferences([At(0)]).Alike(At(30)), 1e-6);
        Assert.Equal((Cos(30) + Cos(50)) / 2, new PersonReferences([At(0), At(80)]).Alike(At(30)), 1e-6);
        Assert.Throws<ArgumentException>(() => person.Alike([1, 0, 0]));
    }

    [Fact]
    public void References_are_held_against_each_other_each_left_out_once()
    {
        var person = new PersonReferences([At(0), At(10), At(30)]);
        double[] own = [(Cos(10) + Cos(30)) / 2, (Cos(10) + Cos(20)) / 2, (Cos(30) + Cos(20)) / 2];
        Assert.Equal(own.Average(), person.Spread!.Mean, 1e-6);
        Assert.Equal(Math.Sqrt(own.Average(value => Math.Pow(value - own.Average(), 2))), person.Spread.Deviation, 1e-6);
        Assert.Null(new PersonReferences([At(0)]).Spread);
    }

    [Fact]
    public void A_spread_is_drawn_towards_that_of_people_at_large_and_one_reference_takes_theirs()
    {
        var people = ReferenceSpread.Of([new PersonReferences([At(0), At(60)]), new PersonReferences([At(0)]),
            new PersonReferences([At(0), At(90)])]);
        Assert.Equal((Cos(60) + Cos(90)) / 2, people.Mean, 1e-6);
        Assert.Equal(people, people.For(new PersonReferences([At(5)])));
        var own = new PersonReferences([At(0), At(10), At(20), At(30), At(40)]);
        // Five references weigh as four, people at large as four.
        Assert.Equal((own.Spread!.Mean + people.Mean) / 2, people.For(own).Mean, 1e-9);
        Assert.Throws<UserErrorException>(() => ReferenceSpread.Of([new PersonReferences([At(0)])]));
    }

    [Fact]
    public void The_score_counts_how_far_below_the_references_likeness_a_face_is_and_never_divides_by_nothing()
    {
        Assert.Equal(2, new ReferenceSpread(0.8, 0.1).Score(0.6), 1e-12);
        Assert.Equal(-1, new ReferenceSpread(0.8, 0.1).Score(0.9), 1e-12);
        Assert.Equal(10, new ReferenceSpread(0.8, 0).Score(0.7), 1e-9);
    }
}
