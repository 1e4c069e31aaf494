package corpus

import (
	"strings"
	"testing"

	"entente/schema"
)

// TestFurnitureKinds holds which lines are furniture, and that sentences which begin like them are none.
func TestFurnitureKinds(t *testing.T) {
	for _, c := range []struct{ line, kind string }{
		{"FILE PHOTO: The minister leaves the hall in Oslo, March 4. REUTERS/Ann Lee", "caption"},
		{"FILE - In this June 15 photo the envoys meet in Lima. (AP Photo/Bo Lind)", "caption"},
		{"The two envoys shake hands in Lima on Tuesday. (AFP Photo)", "caption"},
		{"Image caption The quay of Callao was closed in May", "caption"},
		{"Photo: Bo Lind", "caption"},
		{"The files - which Peru asked for - were sent on Tuesday.", ""},
		{"Photos of the pact were shown in Lima.", ""},
		{"Peru protested (as did Ghana)", ""},
		{"(Adds reaction of Chile, background)", "correction"},
		{"Correction: An earlier report named the wrong minister.", "correction"},
		{"This story has been corrected to say that Ghana signed first.", "correction"},
		{"Editor's note: names were changed.", "correction"},
		{"This story of two envoys began in Lima.", ""},
		{"Corrections to the treaty were asked for by Chile.", ""},
		{"Advertisement", "link"},
		{"Sign up for our daily letter", "link"},
		{"Subscribe to Harbour News", "link"},
		{"Our Standards: The Harbour Principles.", "link"},
		{"Sign up to the pact, Peru told Chile on Tuesday, or leave the talks about the ports of the whole coast of the Pacific to others, the minister said.", ""},
		{"Read more: Ports of the Pacific", "link"},
		{"Most of the envoys left.", ""},
		{"NNNN", "agency"}, {"-30-", "agency"}, {"al/bo", "agency"},
		{"ENDS", "agency"},
		{"Ends of the earth", ""},
	} {
		if got := lineKind(c.line); got != c.kind {
			t.Errorf("%q: got %q, want %q", c.line, got, c.kind)
		}
	}
}

func TestRepeats(t *testing.T) {
	long := "The envoys of the two states met in Lima and spoke about the ports of the coast."
	a := Mark(schema.Article{Text: long + "\n\nThey left.\n\n" + long + "\n\nThey left.\n"})
	if len(a.Furniture) != 1 || a.Furniture[0].Kind != "repeat" || a.Furniture[0].Start != strings.LastIndex(a.Text, long) {
		t.Errorf("%+v", a.Furniture)
	}
}

// TestLanguages holds that news in other languages is told apart, and that English is not, be it short, a table or full of foreign names.
func TestLanguages(t *testing.T) {
	for want, text := range map[string]string{
		"French":     "La France et la Belgique ont signé mardi à Bruxelles un accord sur la pêche, ont annoncé les deux ministres. Le ministre belge a déclaré que son pays était satisfait de cette entente, qui doit entrer en vigueur au mois de juin prochain après le vote des parlements.",
		"German":     "Deutschland und Polen haben am Dienstag in Warschau ein Abkommen über den Verkehr auf der Oder unterzeichnet. Der polnische Minister sagte, dass beide Staaten lange darauf gewartet hätten. Die Gespräche sollen im Herbst fortgesetzt werden, wenn die Parlamente zugestimmt haben.",
		"Spanish":    "Perú y Chile firmaron el martes en Lima un acuerdo sobre el uso de sus puertos, informaron los ministros de ambos países. El ministro chileno dijo que su gobierno había esperado mucho tiempo este día y que las conversaciones seguirán en otoño con los demás estados de la región.",
		"Italian":    "Italia e Slovenia hanno firmato martedì a Roma un accordo sulla pesca nel golfo, hanno detto i ministri dei due paesi. Il ministro sloveno ha aggiunto che il suo governo aspettava da molto tempo questa intesa, che dovrà essere approvata dai parlamenti entro la fine dell'anno.",
		"Portuguese": "Portugal e Brasil assinaram na terça-feira em Lisboa um acordo sobre o uso dos seus portos, disseram os ministros dos dois países. O ministro brasileiro afirmou que o seu governo esperava há muito tempo por este dia e que as conversações vão continuar no outono.",
		"Dutch":      "Nederland en België hebben dinsdag in Den Haag een akkoord getekend over het gebruik van hun havens, zeiden de ministers van beide landen. De Belgische minister zei dat zijn regering lang op deze dag had gewacht en dat de gesprekken in het najaar worden voortgezet.",
		"Swedish":    "Sverige och Finland undertecknade på tisdagen i Stockholm ett avtal om användningen av sina hamnar, sade ministrarna från båda länderna. Den finske ministern sade att hans regering hade väntat länge på den här dagen och att samtalen ska fortsätta till hösten.",
		"Polish":     "Polska i Litwa podpisały we wtorek w Warszawie porozumienie w sprawie korzystania z portów, poinformowali ministrowie obu państw. Litewski minister powiedział, że jego rząd długo czekał na ten dzień, a rozmowy będą kontynuowane jesienią po głosowaniu w parlamentach.",
		"Turkish":    "Türkiye ile Gürcistan salı günü Ankara'da limanların kullanımı konusunda bir anlaşma imzaladı. İki ülkenin bakanları, hükümetlerinin bu günü uzun zamandır beklediğini ve görüşmelerin parlamentoların onayından sonra sonbaharda devam edeceğini söyledi.",
		"Russian":    "Россия и Казахстан подписали во вторник в Астане соглашение об использовании портов, сообщили министры обеих стран. Казахстанский министр сказал, что его правительство долго ждало этого дня и что переговоры продолжатся осенью.",
		"Arabic":     "وقعت مصر والأردن يوم الثلاثاء في القاهرة اتفاقا بشأن استخدام موانئهما، كما قال وزيرا البلدين. وقال الوزير الأردني إن حكومته انتظرت هذا اليوم طويلا وإن المحادثات ستستمر في الخريف.",
		"Mandarin":   "中国和越南周二在北京签署了一项关于使用港口的协议，两国部长表示。越南部长说，他的政府等待这一天已经很久了，会谈将在秋天继续进行，届时两国议会将对该协议进行表决。双方还同意加强边境地区的合作，并在明年春天举行新一轮磋商，讨论渔业和航运问题。",
		"Japanese":   "日本と韓国は火曜日、東京で港の利用に関する協定に署名したと両国の大臣が述べた。韓国の大臣は、政府はこの日を長い間待っていたと述べ、協議は秋に続けられると語った。両国はまた、来年の春に漁業と海運について新たな協議を行うことで合意した。",
		"":           "The envoys of Peru and Ghana met in Lima and said that they had been waiting for this day. The talks of the ministers will go on in the autumn, when the parliaments of both states have voted on the accord about the ports.",
	} {
		if got := foreignLanguage(text); got != want {
			t.Errorf("got %q, want %q: %s", got, want, text)
		}
	}
	for _, text := range []string{
		"Accord signé.", "Shr 34 cts vs 1.19 dlrs\n\nNet 807,000 vs 2,858,000\n\nRevs 510.2 mln vs 537.7 mln\n\nNote: nine mths includes gain from sale of plant of 1.2 mln dlrs, tax credits 3.1 mln dlrs vs 2.2 mln dlrs, avg shrs 2.4 mln vs 2.3 mln",
		"Wang Yi, Sergei Lavrov, Hossein Amir-Abdollahian, Mevlut Cavusoglu, Luigi Di Maio, Jean-Yves Le Drian, Heiko Maas, Jose Manuel Albares, Augusto Santos Silva, Zbigniew Rau, Ann Linde and Jeppe Kofod met Dominic Raab.",
	} {
		if got := foreignLanguage(text); got != "" {
			t.Errorf("taken for %s: %s", got, text)
		}
	}
}
